import type { Outcome } from '../../contract/shared/observation.ts';
import type { LogFinding } from './log-finding.ts';

/** What the answer to Invoke says about a failure, each `null` where it says nothing. */
export interface ErrorReply {
  readonly functionError: string | null;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
}

/** For an invocation of which only the log is known. */
export const NO_REPLY: ErrorReply = { functionError: null, errorType: null, errorMessage: null };

const OUT_OF_MEMORY = 'Runtime.OutOfMemory';
const TIMED_OUT = 'Sandbox.Timedout';
const EXITED = 'Runtime.ExitError';
const KILLED = 'signal: killed';
const TASK_TIMED_OUT = /\bTask timed out after \d{1,9}(?:\.\d{1,9})? seconds/;

/**
 * Tells how an invocation ended: what the report says first, then the error reply, then the old style's own
 * lines. A timeout is never told by arithmetic. `lost`: neither a report nor a failure is known.
 */
export function outcomeOf(finding: LogFinding, reply: ErrorReply): Outcome {
  const { report } = finding;
  if (report?.status === 'timeout' || reply.errorType === TIMED_OUT) return 'timeout';
  if (report?.errorType === OUT_OF_MEMORY || reply.errorType === OUT_OF_MEMORY) {
    return 'out-of-memory';
  }
  // A report with a status is of the new style, which says all by itself: what else looks like a sign
  // of the old style was printed or handed on by the application.
  const oldStyle = report === null || report.status === null;
  if (oldStyle && (finding.timedOut || timedOutReply(reply))) return 'timeout';
  if (oldStyle || report.errorType === EXITED) {
    if (killedForMemory(finding, reply)) return 'out-of-memory';
  }
  if (ranOutOfMemory(finding, reply)) return 'out-of-memory';
  if (oldStyle && finding.crash !== null) return 'error';
  if (report?.status === 'error' || report?.status === 'failure') return 'error';
  if (report !== null && report.errorType !== null) return 'error';
  if (reply.functionError !== null) return 'error';
  return report === null ? 'lost' : 'ok';
}

/** The old style's reply has a message and no type; an error that a handler raised has a type. */
function timedOutReply({ errorType, errorMessage }: ErrorReply): boolean {
  return errorType === null && errorMessage !== null && TASK_TIMED_OUT.test(errorMessage);
}

/**
 * Runtimes that notice before Lambda does: Python and Ruby raise an error of their own, Java and .NET too, and
 * Node is aborted by V8 at the heap that Lambda's start script gives it, with most of the memory in use.
 */
const MEMORY_ERRORS: ReadonlySet<string> = new Set([
  'MemoryError',
  'NoMemoryError',
  'Function<NoMemoryError>',
  'OutOfMemoryException',
  'java.lang.OutOfMemoryError',
]);
const ABORTED = 'signal: aborted';
/** V8 keeps 10 % of the memory for itself and for what is no heap. */
const ABORTED_AT_SHARE = 0.75;

function ranOutOfMemory({ report, crash }: LogFinding, reply: ErrorReply): boolean {
  if (reply.functionError !== null && MEMORY_ERRORS.has(reply.errorType ?? '')) return true;
  const aborted = (crash ?? '').includes(ABORTED) || (reply.errorMessage ?? '').includes(ABORTED);
  if (!aborted || report === null) return false;
  const { maxMemoryUsedMb, memorySizeMb } = report;
  return (
    maxMemoryUsedMb !== null &&
    memorySizeMb !== null &&
    maxMemoryUsedMb >= ABORTED_AT_SHARE * memorySizeMb
  );
}

/** Before it had a name, running out of memory was a killed process that had used all it was given. */
function killedForMemory({ report, crash }: LogFinding, { errorMessage }: ErrorReply): boolean {
  const killed = (crash ?? '').includes(KILLED) || (errorMessage ?? '').includes(KILLED);
  if (!killed || report === null) return false;
  const { maxMemoryUsedMb, memorySizeMb } = report;
  return maxMemoryUsedMb !== null && memorySizeMb !== null && maxMemoryUsedMb >= memorySizeMb;
}
