/** What Lambda itself prints around an invocation, in text and as events. */
const PLATFORM =
  /^(?:(?:START|END|REPORT) RequestId: |INIT_START |INIT_REPORT |RESTORE_START |RESTORE_REPORT |XRAY TraceId: |EXTENSION\t|TELEMETRY\t|\{"time":"[^"]*","type":"platform\.)/;

/** `2026-11-28T12:00:00.000Z<tab>id<tab>INFO<tab>`, before what a Node handler printed; the level of others is told. */
const NODE_PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]+\t(?:INFO|DEBUG|TRACE)\t/;
const NODE_LEVEL = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]+\t(WARN|ERROR|FATAL)\t/;

/** `[INFO]<tab>2026-11-28T12:00:00.000Z<tab>id<tab>`, before what a Python handler logged. */
const PYTHON_PREFIX = /^\[(?:INFO|DEBUG)\]\t\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]*\t/;
const PYTHON_LEVEL = /^\[(WARNING|ERROR|CRITICAL)\]\t\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]*\t/;

/** The runtime's own account of an error that its answer tells as well. */
const ERROR_LINE =
  /\tERROR\t(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection) ?\t\{|^\[ERROR\] [^\r]*\rTraceback \(most recent call last\):/;

/** Returns the lines of a log that the function itself printed, without the runtime's prefix. */
export function applicationLines(log: string): readonly string[] {
  return log
    .split('\n')
    .filter((line) => line.trim() !== '' && !PLATFORM.test(line) && !ERROR_LINE.test(line))
    .map((line) =>
      [NODE_PREFIX, PYTHON_PREFIX].reduce((rest, prefix) => rest.replace(prefix, ''), line),
    )
    .map((line) => line.replace(NODE_LEVEL, '$1 ').replace(PYTHON_LEVEL, '$1 '));
}
