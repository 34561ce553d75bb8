"""
What Lambda's managed Python runtime does, as one plain program: loads the handler, then serves the Runtime
API until it is ended. It behaves as awslambdaric 4.0.1 (2026-06) does, of which nothing is copied, and needs
nothing but the standard library of Python 3.9 and later.

Started as `python python-runtime.py <options as JSON>` with Lambda's environment variables; the options are
`layers` (folders that stand for /opt), `packages` (folders behind all others), and `lent` (the folder that
has the AWS SDK which Lambda's runtime would bring, or null).
"""

import importlib
import importlib.abc
import importlib.machinery
import json
import logging
import math
import os
import re
import socket
import sys
import time
import traceback

OWN_FILE = os.path.abspath(__file__)
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"

# The SDK with what it is made of (boto3's own requirements): what Lambda's runtime brings along.
BROUGHT = frozenset(["boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3"])


class Fault(Exception):
    """An error that the runtime itself finds, with the type that Lambda gives it."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = error_type
        self.trace = list(trace)


# ---- What a handler gets --------------------------------------------------------------------------------


class LambdaContext:
    """The members of "Using the Lambda context object …" (Python, Developer Guide, 2026-11)."""

    def __init__(self, headers, write_log):
        variable = os.environ.get
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = variable("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = variable("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = variable("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = variable("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        client = read_json_header(headers, "lambda-runtime-client-context", "Client Context")
        self.client_context = None if client is None else ClientContext(client)
        identity = read_json_header(headers, "lambda-runtime-cognito-identity", "Cognito Identity")
        self.identity = CognitoIdentity(identity or {})
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self._deadline_ms = int(headers.get("lambda-runtime-deadline-ms", "0"))
        self._write_log = write_log

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))

    def log(self, message):
        self._write_log(str(message))

    def __repr__(self):
        return describe(self)


class CognitoIdentity:
    def __init__(self, facts):
        self.cognito_identity_id = facts.get("cognitoIdentityId")
        self.cognito_identity_pool_id = facts.get("cognitoIdentityPoolId")

    def __repr__(self):
        return describe(self)


class ClientContext:
    def __init__(self, facts):
        self.custom = facts.get("custom")
        self.env = facts.get("env")
        client = facts.get("client")
        self.client = None if client is None else Client(client)

    def __repr__(self):
        return describe(self)


class Client:
    def __init__(self, facts):
        self.installation_id = facts.get("installation_id")
        self.app_title = facts.get("app_title")
        self.app_version_name = facts.get("app_version_name")
        self.app_version_code = facts.get("app_version_code")
        self.app_package_name = facts.get("app_package_name")

    def __repr__(self):
        return describe(self)


def describe(value):
    members = ",".join(f"{name}={member}" for name, member in vars(value).items() if name[0] != "_")
    return f"{type(value).__name__}([{members}])"


def read_json_header(headers, name, title):
    text = headers.get(name)
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError as error:
        raise Fault(
            "Runtime.LambdaContextUnmarshalError", f"Unable to parse {title} JSON: {error}"
        ) from None


# ---- What a handler answers -----------------------------------------------------------------------------


class AnswerEncoder(json.JSONEncoder):
    """
    JSON as simplejson writes it for awslambdaric: a Decimal with all its digits, bytes as UTF-8 text, a named
    tuple as an object, and from Python 3.12 on characters as they are.
    """

    def __init__(self):
        super().__init__(ensure_ascii=sys.version_info < (3, 12))
        # json cannot be handed a number as text: a mark takes its place until the text is whole.
        self._mark = os.urandom(16).hex()
        self._numbers = []

    def encode(self, value):
        self._numbers = []
        text = super().encode(to_plain(value) if needs_change(value) else value)
        if not self._numbers:
            return text
        numbers = self._numbers
        return re.sub(f'"{self._mark}:(\\d+)"', lambda found: numbers[int(found[1])], text)

    def default(self, value):
        decimal = sys.modules.get("decimal")
        if decimal is not None and isinstance(value, decimal.Decimal):
            if value.is_nan():
                return math.nan
            self._numbers.append(str(value))
            return f"{self._mark}:{len(self._numbers) - 1}"
        if isinstance(value, bytes):
            return value.decode("utf-8")
        if is_named(value):
            return to_plain(value)
        return super().default(value)


def is_named(value):
    return callable(getattr(value, "_asdict", None))


def needs_change(value):
    """Whether there are named tuples or keys of bytes anywhere, which json knows no hook for."""
    seen = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if any(isinstance(key, bytes) for key in each):
                return True
            members = each.values()
        elif isinstance(each, (list, tuple)):
            if is_named(each):
                return True
            members = each
        else:
            continue
        if id(each) not in seen:
            seen.add(id(each))
            waiting.extend(members)
    return False


def to_plain(value):
    if is_named(value):
        return to_plain(value._asdict())
    if isinstance(value, dict):
        return {
            key.decode("utf-8") if isinstance(key, bytes) else key: to_plain(member)
            for key, member in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [to_plain(member) for member in value]
    return value


def to_answer(encoder, response):
    """Bytes are an answer as they are; everything else becomes JSON."""
    if isinstance(response, bytes):
        return response
    try:
        text = encoder.encode(response)
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None
    return text.encode("utf-8")


# ---- What is logged -------------------------------------------------------------------------------------


class PromptStream:
    """Writes at once, so that what is printed and what is logged stays in its order."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, text):
        written = self._stream.write(text)
        self._stream.flush()
        return written

    def writelines(self, lines):
        self._stream.writelines(lines)
        self._stream.flush()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def write_log(text):
    """One entry, by itself: not by sys.stdout, which the handler may have put something else in place of."""
    rest = text.encode("utf-8", "backslashreplace")
    if not rest.endswith(b"\n"):
        rest += b"\n"
    while rest:
        rest = rest[os.write(1, rest) :]


class LogHandler(logging.Handler):
    def emit(self, record):
        write_log(self.format(record))


class Request(logging.Filter):
    """Gives each record the id of the invocation under way; none before the first one."""

    id = ""

    def filter(self, record):
        record.aws_request_id = Request.id
        return True


class JsonFormatter(logging.Formatter):
    """As in "Log and monitor Python Lambda functions" (Developer Guide, 2026-11)."""

    # What every record has; whatever else is in it was given as `extra`.
    ORDINARY = frozenset(["aws_request_id", *vars(logging.makeLogRecord({}))]) - {"taskName"}

    def format(self, record):
        level = min(50, max(0, record.levelno)) // 10 * 10
        entry = {
            "timestamp": time.strftime(TIME_FORMAT, time.gmtime(record.created)),
            "level": logging.getLevelName(level),
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            error_type, error, trace = record.exc_info
            entry["stackTrace"] = traceback.format_tb(trace)
            entry["errorType"] = getattr(error_type, "__name__", None)
            entry["errorMessage"] = str(error)
        entry["requestId"] = getattr(record, "aws_request_id", None)
        if record.exc_info:
            entry["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
        for name, value in vars(record).items():
            if name not in self.ORDINARY and name not in entry:
                entry[name] = value
        known = {name: value for name, value in entry.items() if value is not None}
        return json.dumps(known, ensure_ascii=False)


def is_json_log():
    return os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"


def set_up_logging():
    logging.Formatter.converter = time.gmtime
    handler = LogHandler()
    handler.addFilter(Request())
    if is_json_log():
        handler.setFormatter(JsonFormatter())
    else:
        line = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
        handler.setFormatter(logging.Formatter(line, "%Y-%m-%dT%H:%M:%S"))
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    level = "DEBUG" if level == "TRACE" else level
    if isinstance(logging.getLevelName(level), int):
        root.setLevel(level)


# ---- What goes wrong ------------------------------------------------------------------------------------


def error_body(message, error_type, trace, request_id=""):
    return {
        "errorMessage": message,
        "errorType": error_type,
        "requestId": request_id,
        "stackTrace": trace,
    }


def describe_error(error, request_id=""):
    if isinstance(error, Fault):
        return error_body(str(error), error.error_type, error.trace, request_id)
    frames = [
        (frame.filename, frame.lineno, frame.name, frame.line)
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    # The runtime's own calls lead to the handler; where there is nothing else, they are all there is.
    first = next((at for at, frame in enumerate(frames) if frame[0] != OWN_FILE), 0)
    trace = traceback.format_list(frames[first:])
    return error_body(str(error), type(error).__name__, trace, request_id)


def log_error(body, encoder):
    if is_json_log():
        head = {"timestamp": time.strftime(TIME_FORMAT, time.gmtime()), "log_level": "ERROR"}
        write_log(encoder.encode({**head, **body}))
        return
    described = ": ".join(part for part in (body["errorType"], body["errorMessage"]) if part)
    lines = [f"[ERROR] {described}", "Traceback (most recent call last):"]
    for entry in body["stackTrace"]:
        lines += [keep_indent(line) for line in entry.splitlines()] or [""]
    # One line of the log: a line break would make an entry of each.
    write_log("\r".join(lines))


def keep_indent(line):
    """Spaces at the beginning of a line are lost in the console; no-break spaces are not."""
    text = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(text)) + text


# ---- The Runtime API ------------------------------------------------------------------------------------


class RuntimeClient:
    """
    A client over one kept connection. It speaks just the HTTP that the server of `runtime-api.ts` answers:
    Content-Length is always given, and one request is under way at a time. `http.client` would spend more
    time on an invocation than many handlers do, and half of a small function's init on being imported.
    """

    def __init__(self, address, usage_header):
        host, _, port = address.rpartition(":")
        self._address = address
        self._usage_header = usage_header
        self._socket = socket.create_connection((host, int(port)))
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def next(self):
        """Waits for the next event: its headers, by names in lower case, and its body."""
        _, headers, body = self._request("GET", "invocation/next", b"", "")
        return headers, body

    def answer(self, request_id, body):
        status, _, _ = self._request("POST", f"invocation/{request_id}/response", body, "")
        if status != 202:
            now_ms = int(time.time() * 1000)
            write_log(
                f"[ERROR] [{now_ms}] LAMBDA_RUNTIME Failed to post handler success response. "
                f"Http response code: {status}."
            )
            raise RuntimeError("Failed to post invocation response")

    def fail(self, path, body, error_type):
        # Header values are Latin-1 on one line; a type may be any string.
        safe = "".join(letter if " " <= letter <= "~" else "?" for letter in error_type)
        header = f"Lambda-Runtime-Function-Error-Type: {safe}\r\n"
        self._request("POST", path, body, header)

    def _request(self, method, path, body, headers):
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        head = (
            f"{method} /2018-06-01/runtime/{path} HTTP/1.1\r\nHost: {self._address}\r\n"
            f"{self._usage_header()}{headers}{length if method == 'POST' else ''}\r\n"
        )
        try:
            self._socket.sendall(head.encode("latin-1") + body)
            return self._reply()
        except OSError:
            leave()

    def _reply(self):
        received = bytearray()
        end = -1
        while end == -1:
            self._receive(received)
            end = received.find(b"\r\n\r\n")
        first, *lines = received[:end].decode("latin-1").split("\r\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        whole = end + 4 + int(headers.get("content-length", "0"))
        while len(received) < whole:
            self._receive(received)
        return int(first.split(" ")[1]), headers, bytes(received[end + 4 : whole])

    def _receive(self, received):
        chunk = self._socket.recv(65536)
        if not chunk:
            leave()
        received += chunk


def leave():
    """The host is gone, and with it the reason for this process; threads of the handler would keep it."""
    os._exit(1)


# ---- What is used ---------------------------------------------------------------------------------------


def usage_header():
    """
    A host that cannot see from outside what this process uses asks for it: processor time in µs and the most
    memory in bytes, as a line for the head of each request. It is no business of the handler.
    """
    if os.environ.pop("POWERDIAL_REPORTS_USAGE", None) is None:
        return lambda: ""
    import resource

    is_linux = sys.platform == "linux"

    def mark_bytes():
        # In kilobytes but on macOS (getrusage(2) of each).
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024

    def held_bytes():
        try:
            with open("/proc/self/statm", "rb") as file:
                return int(file.read().split()[1]) * resource.getpagesize()
        except OSError:
            return 0

    # On Linux the mark is that of the process that started this one, until this one is larger.
    inherited = mark_bytes() if is_linux else 0
    seen = 0

    def header():
        nonlocal seen
        used = resource.getrusage(resource.RUSAGE_SELF)
        cpu_us = round((used.ru_utime + used.ru_stime) * 1e6)
        mark = mark_bytes()
        if is_linux:
            seen = max(seen, held_bytes())
        return f"Powerdial-Usage: {cpu_us} {mark if mark > inherited else seen}\r\n"

    return header


# ---- The handler ----------------------------------------------------------------------------------------


class LentPackages(importlib.abc.MetaPathFinder):
    """Finds the AWS SDK where nothing else has it, as Lambda's runtime brings it; and nothing but the SDK."""

    def __init__(self, folder):
        self._folder = folder

    def find_spec(self, name, path=None, target=None):
        if path is not None or name not in BROUGHT:
            return None
        return importlib.machinery.PathFinder.find_spec(name, [self._folder], target)


def set_up_path(options):
    """
    The order of "Working with layers for Python Lambda functions" and `sys.path` there (Developer Guide,
    2026-11): the function's own folder, its layers, then what the interpreter has.
    """
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    layers = [
        folder
        for layer in options["layers"]
        for folder in (f"{layer}/python/lib/{version}/site-packages", f"{layer}/python")
        if os.path.isdir(folder)
    ]
    rest = [folder for folder in sys.path if folder != os.path.dirname(OWN_FILE)]
    sys.path[:] = [os.environ["LAMBDA_TASK_ROOT"], *layers, *rest, *options["packages"]]
    sys.argv[:] = [OWN_FILE]
    if options["lent"] is not None:
        sys.meta_path.append(LentPackages(options["lent"]))


def load_handler(handler):
    name, dot, function = handler.rpartition(".")
    if not dot:
        raise Fault(
            "Runtime.MalformedHandlerName",
            f"Bad handler '{handler}': not enough values to unpack (expected 2, got 1)",
        )
    if name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict",
            f"Cannot use built-in module {name} as a handler module",
        )
    try:
        module = importlib.import_module(name.replace("/", "."))
    except ImportError as error:
        raise Fault(
            "Runtime.ImportModuleError", f"Unable to import module '{name}': {error}"
        ) from None
    except SyntaxError as error:
        place = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise Fault(
            "Runtime.UserCodeSyntaxError", f"Syntax error in module '{name}': {error}", [place]
        ) from None
    try:
        return getattr(module, function)
    except AttributeError:
        raise Fault(
            "Runtime.HandlerNotFound", f"Handler '{function}' missing on module '{name}'"
        ) from None


def initialise(client, encoder):
    """Loads the handler. An error is told, and ends the process, as on Lambda."""
    try:
        return load_handler(os.environ["_HANDLER"])
    except Exception as error:
        body = describe_error(error)
        log_error(body, encoder)
        client.fail("init/error", encoder.encode(body).encode("utf-8"), body["errorType"])
        sys.exit(1)


def serve(client, handler, encoder):
    """The next event, the handler, its answer, and again. What is no Exception ends the process."""
    while True:
        headers, event = client.next()
        request_id = headers.get("lambda-runtime-aws-request-id", "")
        Request.id = request_id
        set_trace_id(headers.get("lambda-runtime-trace-id"))
        try:
            answer = to_answer(encoder, handler(*read_event(headers, event)))
        except Exception as error:
            body = describe_error(error, request_id)
            log_error(body, encoder)
            told = encoder.encode(body).encode("utf-8", "replace")
            client.fail(f"invocation/{request_id}/error", told, body["errorType"])
        else:
            client.answer(request_id, answer)
        # Nothing of it is held while the environment waits for the next one.
        answer = event = headers = None


def read_event(headers, event):
    context = LambdaContext(headers, write_log)
    try:
        return json.loads(event), context
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None


def set_trace_id(trace_id):
    if trace_id is None:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    else:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id


def main():
    options = json.loads(sys.argv[1])
    sys.stdout = PromptStream(sys.stdout)
    sys.stderr = PromptStream(sys.stderr)
    client = RuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"], usage_header())
    set_up_path(options)
    set_up_logging()
    encoder = AnswerEncoder()
    serve(client, initialise(client, encoder), encoder)


if __name__ == "__main__":
    main()
