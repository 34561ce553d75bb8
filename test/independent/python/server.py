"""moto's server with its interpreter of state machines, for the tests in the folder above.

    python3 server.py <url of the front>

moto reaches every service, Lambda and JSONata by way of the front, an HTTP server of the test that answers
what moto does not have and passes everything else on to moto. Prints one line, `READY <port>`, and ends with
its standard input, so that it never outlives the test.
"""

import logging
import os
import sys
from urllib.parse import urlsplit

FRONT = sys.argv[1]
# Where moto's Tasks look for the services that they call.
os.environ["MOTO_PORT"] = str(urlsplit(FRONT).port)
os.environ.update(AWS_ACCESS_KEY_ID="any", AWS_SECRET_ACCESS_KEY="any", AWS_DEFAULT_REGION="us-east-1")

from moto.core.config import default_user_config

# Without these two, executions end as a fixed answer says and functions want Docker.
default_user_config["stepfunctions"] = {"execute_state_machine": True}
default_user_config["lambda"] = {"use_docker": False}

import mend_cloudformation
import mend_states

mend_states.mend(FRONT)
mend_cloudformation.mend()

from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print("READY", server.get_host_and_port()[1], flush=True)
sys.stdin.read()
os._exit(0)
