"""Asks `powerdial serve` by boto3, whose client knows AWS's API models by heart.

    python3 ask_serve.py <Lambda's url> <Step Functions' url>

Prints JSON: for each group a list of what was asked, what the API model or the documentation wants (`ok`, the
name of an exception, several by |) and what came. An exception counts as modelled only where botocore made
its class of it.
"""

import base64
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

LAMBDA_URL, STATES_URL = sys.argv[1:3]
once = Config(retries={"total_max_attempts": 1}, parameter_validation=False, read_timeout=120)
keys = dict(region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any", config=once)
lam = boto3.client("lambda", endpoint_url=LAMBDA_URL, **keys)
sfn = boto3.client("stepfunctions", endpoint_url=STATES_URL, **keys)

F = "orders"
ARN = f"arn:aws:lambda:us-east-1:123456789012:function:{F}"
groups = {}
rows = []


def group(name):
    global rows
    rows = groups.setdefault(name, [])


def ask(title, wanted, call, check=None):
    try:
        answer = call()
        came = "ok" if check is None or check(answer) else f"ok, but {str(answer)[:300]}"
    except ClientError as error:
        modelled, code = type(error).__name__, error.response["Error"]["Code"]
        # A service's front refuses some requests by names that are in no model.
        came = modelled if modelled != "ClientError" else f"?{code}"
    except Exception as error:
        came = f"{type(error).__name__}: {error}"
    rows.append({"asked": title, "wanted": wanted, "came": came, "good": came in wanted.split("|")})


def refused(title, wanted, method, **arguments):
    ask(title, wanted, lambda: method(**arguments))


def settled():
    for _ in range(200):
        if lam.get_function_configuration(FunctionName=F)["LastUpdateStatus"] != "InProgress":
            return
        time.sleep(0.02)


INVALID = "?ValidationException|ValidationException|InvalidParameterValueException"

group("functions are named as the API reference allows")
get = lam.get_function_configuration
for name in (F, ARN, f"123456789012:function:{F}", f"{F}:$LATEST", f"{ARN}:$LATEST"):
    ask(f"configuration of {name}", "ok", lambda: get(FunctionName=name), lambda a: a["FunctionName"] == F)
refused("a name and a qualifier that differ", "InvalidParameterValueException", get, FunctionName=f"{F}:$LATEST", Qualifier="1")
refused("an unknown function", "ResourceNotFoundException", get, FunctionName="nobody")
refused("an unknown version", "ResourceNotFoundException", get, FunctionName=F, Qualifier="99")
refused("an unknown alias", "ResourceNotFoundException", get, FunctionName=F, Qualifier="live")
refused("no name at all", INVALID + "|ResourceNotFoundException", get, FunctionName="or ders!")
ask("the function", "ok", lambda: lam.get_function(FunctionName=F), lambda a: a["Configuration"]["FunctionName"] == F)
ask("all functions", "ok", lambda: lam.list_functions(), lambda a: {f["FunctionName"] for f in a["Functions"]} >= {F})
ask("the account", "ok", lambda: lam.get_account_settings(), lambda a: a["AccountLimit"]["ConcurrentExecutions"] > 0)

group("settings are changed under the bounds of the API model")
update = lam.update_function_configuration
for title, value in {
    "127 MB": dict(MemorySize=127),
    "10,241 MB": dict(MemorySize=10241),
    "a timeout of 0": dict(Timeout=0),
    "a timeout of 901": dict(Timeout=901),
    "a description of 257": dict(Description="x" * 257),
}.items():
    refused(title, INVALID, update, FunctionName=F, **value)
refused("memory in words", INVALID + "|?SerializationException", update, FunctionName=F, MemorySize="many")
refused("an update on another revision", "PreconditionFailedException", update, FunctionName=F, MemorySize=256, RevisionId="00000000-0000-0000-0000-000000000000")
ask("an update", "ok", lambda: update(FunctionName=F, MemorySize=256, Description="d"), lambda a: a["MemorySize"] == 256)
settled()

group("versions and aliases follow Lambda's laws")
publish = lam.publish_version
refused("another revision", "PreconditionFailedException", publish, FunctionName=F, RevisionId="other")
refused("other code", "InvalidParameterValueException", publish, FunctionName=F, CodeSha256="AAAA")
ask("a version", "ok", lambda: publish(FunctionName=F, Description="one"), lambda a: a["Version"] == "1")
ask("nothing has changed since", "ok", lambda: publish(FunctionName=F, Description="two"), lambda a: (a["Version"], a["Description"]) == ("1", "one"))
refused("$LATEST cannot be deleted", INVALID, lam.delete_function, FunctionName=F, Qualifier="$LATEST")
alias = dict(FunctionName=F, Name="live", FunctionVersion="1")
ask("an alias", "ok", lambda: lam.create_alias(**alias))
refused("the alias again", "ResourceConflictException", lam.create_alias, **alias)
refused("an alias of digits", INVALID, lam.create_alias, **{**alias, "Name": "12"})
refused("an alias of no version", "ResourceNotFoundException", lam.create_alias, **{**alias, "Name": "x", "FunctionVersion": "9"})
refused("an unknown alias", "ResourceNotFoundException", lam.get_alias, FunctionName=F, Name="nobody")
refused("pointing on another revision", "PreconditionFailedException", lam.update_alias, RevisionId="other", **alias)
refused("pointing an unknown alias", "ResourceNotFoundException", lam.update_alias, **{**alias, "Name": "nobody"})
ask("all aliases", "ok", lambda: lam.list_aliases(FunctionName=F), lambda a: [x["Name"] for x in a["Aliases"]] == ["live"])
# "You can't delete a version that an alias references" (API reference, DeleteFunction, Qualifier; 2026-11).
refused("a version under an alias stays", "ResourceConflictException", lam.delete_function, FunctionName=F, Qualifier="1")
ask("the alias goes", "ok", lambda: lam.delete_alias(FunctionName=F, Name="live"))
ask("the version goes", "ok", lambda: lam.delete_function(FunctionName=F, Qualifier="1"), lambda a: a["ResponseMetadata"]["HTTPStatusCode"] == 204)

group("what is attached to a function answers by its own exceptions")
refused("no policy", "ResourceNotFoundException", lam.get_policy, FunctionName=F)
permission = dict(FunctionName=F, StatementId="s", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com")
ask("a permission", "ok", lambda: lam.add_permission(**permission))
refused("the permission again", "ResourceConflictException", lam.add_permission, **permission)
ask("the policy", "ok", lambda: lam.get_policy(FunctionName=F), lambda a: len(json.loads(a["Policy"])["Statement"]) == 1)
ask("the permission goes", "ok", lambda: lam.remove_permission(FunctionName=F, StatementId="s"))
refused("it is gone", "ResourceNotFoundException", lam.remove_permission, FunctionName=F, StatementId="s")
ask("no reservation", "ok", lambda: lam.get_function_concurrency(FunctionName=F), lambda a: "ReservedConcurrentExecutions" not in a)
ask("a reservation of 0", "ok", lambda: lam.put_function_concurrency(FunctionName=F, ReservedConcurrentExecutions=0))
refused("nothing may run", "TooManyRequestsException", lam.invoke, FunctionName=F)
refused("more than there is", "InvalidParameterValueException", lam.put_function_concurrency, FunctionName=F, ReservedConcurrentExecutions=99999)
ask("the reservation goes", "ok", lambda: lam.delete_function_concurrency(FunctionName=F))
refused("nothing provisioned", "ProvisionedConcurrencyConfigNotFoundException|ResourceNotFoundException", lam.get_provisioned_concurrency_config, FunctionName=F, Qualifier="1")
refused("no settings of events", "ResourceNotFoundException", lam.get_function_event_invoke_config, FunctionName=F)
refused("three retries", INVALID, lam.put_function_event_invoke_config, FunctionName=F, MaximumRetryAttempts=3)
refused("no URL", "ResourceNotFoundException", lam.get_function_url_config, FunctionName=F)
ask("no mappings", "ok", lambda: lam.list_event_source_mappings(FunctionName=F), lambda a: a["EventSourceMappings"] == [])

group("invocations keep Lambda's limits and words")
invoke = lam.invoke
MB = 2**20


def text(size):
    return b'"' + b"x" * (size - 2) + b'"'


ask("one with its log", "ok", lambda: invoke(FunctionName=F, LogType="Tail", Payload=b"{}"), lambda a: "REPORT" in base64.b64decode(a["LogResult"]).decode())
ask("one without a payload", "ok", lambda: invoke(FunctionName=F), lambda a: a["ExecutedVersion"] == "$LATEST")
ask("an event", "ok", lambda: invoke(FunctionName=F, InvocationType="Event", Payload=b"{}"), lambda a: a["StatusCode"] == 202)
ask("a dry run", "ok", lambda: invoke(FunctionName=F, InvocationType="DryRun"), lambda a: a["StatusCode"] == 204)
# The API model knows Event, RequestResponse, DryRun and None, Tail.
refused("InvocationType=Later", INVALID, invoke, FunctionName=F, InvocationType="Later")
refused("LogType=All", INVALID, invoke, FunctionName=F, LogType="All")
refused("no such function", "ResourceNotFoundException", invoke, FunctionName="nobody")
refused("no such version", "ResourceNotFoundException", invoke, FunctionName=F, Qualifier="99")
refused("no JSON", "InvalidRequestContentException", invoke, FunctionName=F, Payload=b"{no")
refused("no UTF-8", "InvalidRequestContentException", invoke, FunctionName=F, Payload=b'"\xff\xfe"')
ask("6 MB", "ok", lambda: invoke(FunctionName=F, Payload=text(6 * MB)))
refused("6 MB and a byte", "RequestTooLargeException|?RequestEntityTooLargeException", invoke, FunctionName=F, Payload=text(6 * MB + 1))
ask("an event of 1 MB", "ok", lambda: invoke(FunctionName=F, InvocationType="Event", Payload=text(MB)))
refused("an event of 1 MB and a byte", "RequestTooLargeException|?RequestEntityTooLargeException", invoke, FunctionName=F, InvocationType="Event", Payload=text(MB + 1))

group("executions start, end and are listed as Step Functions does it")
machines = sfn.list_state_machines()["stateMachines"]
M = next(each["stateMachineArn"] for each in machines if not each["name"].endswith("-check"))
start, describe = sfn.start_execution, sfn.describe_execution
ask("two state machines, one a page", "ok", lambda: sfn.list_state_machines(maxResults=1), lambda a: len(sfn.list_state_machines(nextToken=a["nextToken"])["stateMachines"]) == 1)
ask("a definition", "ok", lambda: sfn.describe_state_machine(stateMachineArn=M), lambda a: "Inspect" in json.loads(a["definition"])["States"])
ask("its tags", "ok", lambda: sfn.list_tags_for_resource(resourceArn=M), lambda a: a["tags"][0]["key"] == "powerdial:tuner")
refused("tags of nothing", "ResourceNotFound", sfn.list_tags_for_resource, resourceArn=M + "x")
refused("no machine", "StateMachineDoesNotExist", start, stateMachineArn=M + "x")
refused("no ARN of a machine", "InvalidArn", start, stateMachineArn=ARN)
refused("no JSON", "InvalidExecutionInput", start, stateMachineArn=M, input="{no")
refused("a name with a space", "InvalidName", start, stateMachineArn=M, name="a b", input="{}")
refused("a name of 81", "InvalidName|ValidationException", start, stateMachineArn=M, name="a" * 81, input="{}")
refused("an input above 256 KiB", "InvalidExecutionInput|ValidationException|?ValidationException", start, stateMachineArn=M, input=json.dumps("x" * 262_143))
IN = json.dumps({"function": F, "memorySizes": [512, 1769], "invocations": 5, "seed": 1})
E = M.replace(":stateMachine:", ":execution:")
ask("an execution", "ok", lambda: start(stateMachineArn=M, name="one", input=IN), lambda a: a["executionArn"] == f"{E}:one")
refused("its name with another input", "ExecutionAlreadyExists", start, stateMachineArn=M, name="one", input="{}")
for _ in range(1200):
    if describe(executionArn=f"{E}:one")["status"] != "RUNNING":
        break
    time.sleep(0.1)
ask("it ended well", "ok", lambda: describe(executionArn=f"{E}:one"), lambda a: a["status"] == "SUCCEEDED" and json.loads(a["output"])["emulated"] is True)
refused("its name again after its end", "ExecutionAlreadyExists", start, stateMachineArn=M, name="one", input=IN)
ask("without its data", "ok", lambda: describe(executionArn=f"{E}:one", includedData="METADATA_ONLY"), lambda a: "output" not in a)
refused("no execution", "ExecutionDoesNotExist", describe, executionArn=f"{E}:nobody")
refused("no ARN of an execution", "InvalidArn", describe, executionArn=M)
for n in range(5):
    start(stateMachineArn=M, name=f"bad-{n}", input="{}")
for n in range(5):
    while describe(executionArn=f"{E}:bad-{n}")["status"] == "RUNNING":
        time.sleep(0.05)
listed = sfn.get_paginator("list_executions")
ask("all of them, two a page", "ok", lambda: list(listed.paginate(stateMachineArn=M, PaginationConfig={"PageSize": 2})), lambda a: sum(len(p["executions"]) for p in a) == 6 and len(a) == 3)
ask("those that failed", "ok", lambda: sfn.list_executions(stateMachineArn=M, statusFilter="FAILED"), lambda a: len(a["executions"]) == 5)
refused("an unknown status", "ValidationException|?ValidationException", sfn.list_executions, stateMachineArn=M, statusFilter="DONE")
SLOW = json.dumps({"function": F, "memorySizes": [512, 1769], "invocations": 50, "concurrency": 1, "pauseMs": 1000})
S = f"{E}:slow"
start(stateMachineArn=M, name="slow", input=SLOW)
ask("the same, while it runs", "ok", lambda: start(stateMachineArn=M, name="slow", input=SLOW), lambda a: a["executionArn"] == S)
refused("another, while it runs", "ExecutionAlreadyExists", start, stateMachineArn=M, name="slow", input="{}")
ask("a stop", "ok", lambda: sfn.stop_execution(executionArn=S, error="Mine", cause="because"), lambda a: "stopDate" in a)
ask("its reason is kept", "ok", lambda: describe(executionArn=S), lambda a: (a["status"], a["error"], a["cause"]) == ("ABORTED", "Mine", "because"))
refused("a stop of nothing", "ExecutionDoesNotExist", sfn.stop_execution, executionArn=f"{E}:nobody")
refused("an error of 257", "ValidationException|?ValidationException", sfn.stop_execution, executionArn=S, error="x" * 257)
refused("a redrive", "?UnknownOperationException|ExecutionNotRedrivable", sfn.redrive_execution, executionArn=S)

group("histories are paged both ways")
history = sfn.get_execution_history
whole = [e["id"] for e in history(executionArn=f"{E}:one", maxResults=1000)["events"]]
ask("ids from 1", "ok", lambda: whole, lambda a: a == list(range(1, len(a) + 1)) and len(a) > 20)
pager = sfn.get_paginator("get_execution_history")
for reverse in (False, True):
    pages = lambda: list(pager.paginate(executionArn=f"{E}:one", reverseOrder=reverse, PaginationConfig={"PageSize": 7}))
    ask(f"seven a page, reverseOrder={reverse}", "ok", pages, lambda a: [e["id"] for p in a for e in p["events"]] == (whole[::-1] if reverse else whole))
ask("without data", "ok", lambda: history(executionArn=f"{E}:one", includeExecutionData=False), lambda a: not any("output" in e.get("lambdaFunctionSucceededEventDetails", {}) for e in a["events"]))
refused("1,001 a page", "ValidationException|?ValidationException", history, executionArn=f"{E}:one", maxResults=1001)
refused("a page in words", "ValidationException|?ValidationException|?SerializationException", history, executionArn=f"{E}:one", maxResults="all")
refused("a token of nobody's", "InvalidToken", history, executionArn=f"{E}:one", nextToken="nope")
refused("of nothing", "ExecutionDoesNotExist", history, executionArn=f"{E}:nobody")

json.dump(groups, sys.stdout)
