import type { FaultName, FaultPoint, UpdateFailure } from '../../src/emulator/index.ts';

/** A kind of bad day, to be put at every call. */
export interface FaultCase {
  readonly name: string;
  /** `abort` is the run's own AbortSignal; an update may be accepted and fail then. */
  readonly fault: FaultName | 'abort' | UpdateFailure;
  readonly when: FaultPoint['when'];
  readonly lasting: NonNullable<FaultPoint['lasting']>;
  /** Then only its calls are counted. @default calls of every operation are */
  readonly operation?: string;
  /** How long the run waits for an answer, where none is kept back. @default little */
  readonly patienceMs?: number;
}

function cases(
  name: string,
  fault: FaultCase['fault'],
  lasting: FaultCase['lasting'],
  times: readonly FaultCase['when'][] = ['before'],
): readonly FaultCase[] {
  return times.map((when) => ({
    name: times.length === 1 ? name : `${name}, ${when} the work`,
    fault,
    when,
    lasting,
  }));
}

/** Everything that can befall a run from inside one process; killing it takes a process of its own. */
export const FAULT_CASES: readonly FaultCase[] = [
  ...cases('aborted', 'abort', 'attempt', ['before', 'after']),
  ...cases('throttled once', 'throttled', 'attempt'),
  ...cases('throttled for longer than the retries', 'throttled', 'call'),
  ...cases('throttled for good', 'throttled', 'everything'),
  ...cases('5xx once', 'server-error', 'attempt', ['before', 'after']),
  ...cases('5xx for longer than the retries', 'server-error', 'call', ['before', 'after']),
  ...cases('5xx for good', 'server-error', 'everything', ['before', 'after']),
  ...cases('socket dropped once', 'dropped-socket', 'attempt', ['before', 'after']),
  ...cases('socket dropped at each attempt', 'dropped-socket', 'call', ['before', 'after']),
  ...cases('412', 'precondition-failed', 'call', ['before', 'after']),
  ...cases('409', 'conflict', 'call', ['before', 'after']),
  ...cases('access denied', 'access-denied', 'operation'),
  ...cases('credentials expired', 'expired-credentials', 'everything'),
  ...cases('no answer once', 'hang', 'attempt', ['before', 'after']),
  ...cases('no answer at any attempt', 'hang', 'call', ['before', 'after']),
];

/** What befalls runs whose versions are pending for long: the endings, and the answers that look like waiting. */
export const SLOW_FAULT_CASES: readonly FaultCase[] = FAULT_CASES.filter(({ name }) =>
  [
    'aborted, before the work',
    'aborted, after the work',
    '5xx for good, after the work',
    'socket dropped at each attempt, after the work',
    '409, before the work',
    '409, after the work',
    'access denied',
    'credentials expired',
  ].includes(name),
);
