"""A handler for tests: the event says what to do, so that one process serves many of them."""

import collections
import datetime
import decimal
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time

from beside import BESIDE

Place = collections.namedtuple("Place", ["row", "seat"])
logger = logging.getLogger("orders")
calls = 0
notes = []


class OrderMissing(Exception):
    pass


def lambda_handler(event, context):
    global calls
    calls += 1
    return globals()[event["do"]](event, context)


def tells(event, context):
    return {
        "event": event,
        "calls": calls,
        "pid": os.getpid(),
        "path": sys.path,
        "argv": sys.argv,
        "cwd": os.getcwd(),
        "beside": BESIDE,
        "variables": dict(os.environ),
        "temporary": tempfile.gettempdir(),
        "encodings": [sys.stdout.encoding, sys.getfilesystemencoding()],
        "python": subprocess.run(["python3", "-c", "import sys; print(sys.version_info[1])"],
                                 capture_output=True, text=True).stdout,
    }


def shows_context(event, context):
    client = context.client_context
    return {
        "members": {
            name: getattr(context, name)
            for name in (
                "aws_request_id log_group_name log_stream_name function_name memory_limit_in_mb "
                "function_version invoked_function_arn"
            ).split()
        },
        "identity": [context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id],
        "client": client and {
            "installation_id": client.client.installation_id,
            "app_title": client.client.app_title,
            "app_version_name": client.client.app_version_name,
            "app_version_code": client.client.app_version_code,
            "app_package_name": client.client.app_package_name,
            "custom": client.custom,
            "env": client.env,
        },
        "remaining": [context.get_remaining_time_in_millis(), type(context.get_remaining_time_in_millis()).__name__],
        "trace": os.environ["_X_AMZN_TRACE_ID"],
        "repr": repr(context),
    }


# ---- Answers

ANSWERS = {
    "decimal": lambda: {"price": decimal.Decimal("1.10"), "large": decimal.Decimal("1E+2")},
    "odd decimals": lambda: [decimal.Decimal("NaN"), decimal.Decimal("-Infinity"), float("nan")],
    "many digits": lambda: decimal.Decimal("0.1000000000000000000000000000000000001"),
    "bytes inside": lambda: {"text": "é".encode(), b"key": [b"x"]},
    "bytes": lambda: b'{"made": "by hand"}',
    "no text": lambda: b"\xff\x00",
    "named tuple": lambda: {"place": Place(3, Place(1, b"c")), "tuple": (1, 2)},
    "odd keys": lambda: {1: "one", True: "yes", None: "none", 1.5: "half"},
    "characters": lambda: "é\u2028\n\"",
    "nothing": lambda: None,
    "text of a number": lambda: {"a": "1", "b": "1:0"},
    "empty": lambda: [{}, [], (), ""],
}


def answers(event, context):
    return ANSWERS[event["what"]]()


def circular():
    held = []
    held.append(held)
    return held


REFUSED = {
    "date": lambda: {"at": datetime.datetime(2026, 11, 28)},
    "set": lambda: {1, 2},
    "key": lambda: {(1, 2): 3},
    "circular": circular,
    "no UTF-8": lambda: {"bytes": b"\xff"},
    "object": lambda: object,
}


def refuses(event, context):
    return REFUSED[event["what"]]()


async def is_async(event, context):
    return 1


# ---- Errors


def name_error(event, context):
    return x + 10


def nested(event, context):
    try:
        return {}["id"]
    except KeyError as error:
        raise OrderMissing("no order\nof that id") from error


def not_callable(event, context):
    return globals()["two_arguments"](event)


def two_arguments(event, context):
    return None


def exits(event, context):
    print("before")
    sys.exit(event.get("status"))


def interrupts(event, context):
    raise KeyboardInterrupt


def answers_too_much(event, context):
    return "x" * 6_400_000


def sleeps(event, context):
    time.sleep(event["s"])
    return "slept"


# ---- Threads


def leaves_thread(event, context):
    """A thread that goes on after the answer: it is frozen, and thawed for the next event."""

    def count():
        while len(notes) < event["most"]:
            notes.append(time.time())
            time.sleep(0.002)

    threading.Thread(target=count).start()
    return len(notes)


def counts(event, context):
    time.sleep(0.1)
    return notes


# ---- Logs


def logs(event, context):
    print("printed")
    logger.warning("warned %s", "twice")
    print("to stderr", file=sys.stderr)
    logger.debug("never seen")
    sys.stdout.write("without end")
    sys.stdout.write("\n")
    logging.error("at the root", extra={"order": 7, "lines": [1, 2]})
    try:
        raise OrderMissing("gone")
    except OrderMissing:
        logger.exception("failed")
    context.log("by the context")
    os.write(1, b"raw\n")
    return logging.getLogger().getEffectiveLevel()


def spends(event, context):
    """Processor time in ms, on as many threads as it is told, of which only one runs at a time."""
    start = time.process_time()
    while (time.process_time() - start) * 1000 < event["cpuMs"]:
        sum(range(2000))
    return (time.process_time() - start) * 1000


def holds(event, context):
    held = bytearray(event["mb"] << 20)
    for at in range(0, len(held), 4096):
        held[at] = 1
    return len(held) >> 20


def echoes(event, context):
    return event


def exits_at_once(event, context):
    """Without waiting for threads that were left behind."""
    os._exit(0)
