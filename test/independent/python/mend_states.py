"""What moto 5.2.1's interpreter (LocalStack's) does otherwise than AWS documents, each mended with its source.

Nothing here touches how states follow one another, how errors are matched, retried and caught, how variables
are assigned or what an execution's history holds: that is what the tests compare.
"""

import copy
import functools
import importlib
import json
import types
from http.client import HTTPConnection
from urllib.parse import urlsplit

# Waits and retries take a fiftieth of their time. The limits of Tasks and of the execution stay as they are.
HURRY = 0.02


def part(name):
    return importlib.import_module("moto.stepfunctions.parser.asl." + name)


def mend(front):
    evaluate_jsonata_at(front)
    keep_clients()
    name_refusals_of_lambda()
    write_json_into_blobs()
    count_retries_by_visit()
    clone_without_executions()
    tell_the_start_as_text()
    page_histories()
    hurry()


def evaluate_jsonata_at(front):
    """moto has no engine of JSONata. Step Functions names version 2.0.6 of the reference implementation
    ("Transforming data with JSONata", Developer Guide, 2026-11), which the front calls."""
    place = urlsplit(front)
    module = part("jsonata.jsonata")

    def evaluate(expression):
        connection = HTTPConnection(place.hostname, place.port)
        try:
            connection.request("POST", "/-/jsonata", expression.encode())
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "problem" in answer:
            raise module.JSONataException("UNKNOWN", answer["problem"])
        return answer.get("value")

    module._eval_jsonata = evaluate

    # Texts go into an expression as they are, so that a quotation mark would end them.
    def declare(bindings):
        return "".join(f"{name}:={json.dumps(value, default=str)};" for name, value in bindings.items())

    for user in (module, part("eval.states"), part("eval.variable_store")):
        user.encode_jsonata_variable_declarations = declare
    # Stand-ins of moto's for functions that the front has ("JSONata functions provided by Step Functions").
    for name in ("$uuid", "$hash", "$parse", "$partition", "$range"):
        part("component.intrinsic.jsonata")._DECLARATION_BY_VARIABLE_REFERENCE.pop(name, None)


def keep_clients():
    """A client for each call costs a tenth of a second; its own limit of waiting is longer than a socket's."""
    import boto3
    from botocore.config import Config

    @functools.cache
    def client(service, region):
        config = Config(
            parameter_validation=False, retries={"total_max_attempts": 1}, read_timeout=3600, max_pool_connections=50
        )
        keys = dict(aws_access_key_id="any", aws_secret_access_key="any")
        from moto.settings import moto_server_port

        url = f"http://127.0.0.1:{moto_server_port()}"
        return boto3.client(service, region_name=region, endpoint_url=url, config=config, **keys)

    maker = types.SimpleNamespace(client=lambda service_name, region_name, **_: client(service_name, region_name))
    part("utils.boto_client").boto3 = maker


def name_refusals_of_lambda():
    """What Lambda itself answers is named Lambda.ServiceException, Lambda.TooManyRequestsException and so on
    ("Handle Lambda service exceptions", Developer Guide, 2026-11); moto calls all of it Exception."""
    from botocore.exceptions import ClientError
    from moto.stepfunctions.parser.api import HistoryEventType, LambdaFunctionFailedEventDetails

    failure = part("component.common.error_name.failure_event")
    named = part("component.common.error_name.custom_error_name").CustomErrorName
    detail = part("eval.event.event_detail").EventDetails
    task = part("component.state.exec.state_task.state_task_lambda").StateTaskLambda
    otherwise = task._from_error

    def from_error(self, env, ex):
        if not isinstance(ex, ClientError):
            return otherwise(self, env, ex)
        name = "Lambda." + ex.response["Error"]["Code"]
        cause = ex.response["Error"]["Message"]
        details = LambdaFunctionFailedEventDetails(error=name, cause=cause)
        return failure.FailureEvent(
            env=env,
            error_name=named(name),
            event_type=HistoryEventType.LambdaFunctionFailed,
            event_details=detail(lambdaFunctionFailedEventDetails=details),
        )

    task._from_error = from_error


def write_json_into_blobs():
    """S3's Body is a blob, and the workflow gives it JSON ("AWS SDK service integrations", Developer Guide);
    moto's copy of the interpreter lost the step that makes bytes of it."""
    from botocore.session import Session

    service = part("component.state.exec.state_task.service.state_task_service_aws_sdk").StateTaskServiceAwsSdk

    def normalise(self, parameters, boto_service_name=None, service_action_name=None):
        model = Session().get_service_model(self._get_boto_service_name(boto_service_name))
        wanted = self._get_boto_service_action(service_action_name).replace("_", "")
        for operation in model.operation_names:
            shape = model.operation_model(operation).input_shape
            if operation.lower() == wanted and shape is not None:
                self._to_boto_request(parameters, shape)

    service._normalise_parameters = normalise


def count_retries_by_visit():
    """Once the system transitions to another state, no matter how, all retrier parameters are reset ("Error handling
    in Step Functions", complex retry scenarios, Developer Guide); moto keeps them for the whole execution."""
    state = part("component.state.exec.execute_state").ExecutionState
    evaluate = state._eval_state

    def visit(self, env):
        for key in [key for key in env.heap if str(key).startswith(("MaxAttemptsDecl-", "BackoffRateDecl-"))]:
            del env.heap[key]
        return evaluate(self, env)

    state._eval_state = visit


def clone_without_executions():
    """A second execution of a state machine cannot start: moto copies the first one's threads with it."""
    models = importlib.import_module("moto.stepfunctions.parser.models")
    models.copy = types.SimpleNamespace(copy=copy.copy, deepcopy=copy.copy)


def tell_the_start_as_text():
    """The context object's times are texts in ISO 8601 ("Accessing execution data from the Context object")."""
    execution = importlib.import_module("moto.stepfunctions.parser.backend.execution").Execution
    details = execution.get_start_execution_details

    def told(self):
        start = details(self)
        if not isinstance(start.start_time, str):
            start.start_time = start.start_time.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        return start

    execution.get_start_execution_details = told


def page_histories():
    """reverseOrder, maxResults and nextToken (API reference, GetExecutionHistory), which moto passes over."""
    responses = importlib.import_module("moto.stepfunctions.responses")

    def history(self):
        arn = self._get_param("executionArn")
        events = list(self.stepfunction_backend.get_execution_history(arn)["events"])
        if self._get_param("reverseOrder"):
            events.reverse()
        first = int(self._get_param("nextToken") or 0)
        after = first + (int(self._get_param("maxResults") or 0) or 100)
        page = {"events": events[first:after]}
        if after < len(events):
            page["nextToken"] = str(after)
        return responses.ActionResult(page)

    responses.StepFunctionResponse.get_execution_history = history


def hurry():
    import time

    retrier = part("component.common.retry.retrier_decl")
    retrier.time = types.SimpleNamespace(sleep=lambda seconds: time.sleep(seconds * HURRY))
    wait = part("component.state.wait.wait_function.wait_function").WaitFunction

    def evaluate(self, env):
        env.program_state_event.wait(max(0.0, self._get_wait_seconds(env=env) * HURRY))

    wait._eval_body = evaluate
