import type { WorkflowCalls } from '../../../aws/workflow-calls.ts';
import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { ExecutionOutcome } from '../../../contract/shared/execution.ts';
import { interruptibleSleep } from '../../../play/interruptible.ts';
import type { StageEvent } from './stage-event.ts';
import type { HistoryReader } from './history-reader.ts';

export interface Followed {
  readonly calls: Pick<WorkflowCalls, 'readEvents' | 'readExecution'>;
  readonly executionArn: string;
  readonly reader: HistoryReader;
  readonly onEvent: (event: StageEvent) => void;
  /** Told once, when the history may not be read: the end is waited for all the same. */
  readonly onBlind: (why: string) => void;
  /** Aborted when nobody wants to follow any more. */
  readonly signal: AbortSignal;
}

/** Two looks a second while something happens, fewer while nothing does: AWS counts every one of them. */
const LEAST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 5000;
const SLOWER = 1.5;

/** How long AWS may be out of reach before following is given up. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Follows an execution to its end, and tells what happens to its stages meanwhile.
 *
 * @returns how it ended; `null` when the signal came first
 * @throws {AwsError} when AWS refuses, or is out of reach for too long; the run itself goes on
 */
export async function followExecution(followed: Followed): Promise<ExecutionOutcome | null> {
  const { signal } = followed;
  const stopped = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const following = toTheEnd(followed);
  // A call that is under way may fail late, when nobody waits for it any more.
  following.catch(() => undefined);
  return signal.aborted ? null : Promise.race([following, stopped]);
}

async function toTheEnd(followed: Followed): Promise<ExecutionOutcome | null> {
  const { calls, executionArn, signal, reader } = followed;
  const sleep = interruptibleSleep(signal);
  let pauseMs = LEAST_PAUSE_MS;
  let blind = false;
  let reachedAtMs = Date.now();
  while (!signal.aborted) {
    try {
      const seen = reader.lastId;
      if (!blind) blind = (await look(followed)) === 'denied';
      pauseMs = reader.lastId > seen ? LEAST_PAUSE_MS : Math.min(pauseMs * SLOWER, MOST_PAUSE_MS);
      if (blind || reader.ended) {
        const outcome = await calls.readExecution(executionArn);
        // Right after the end, it may still say that it runs.
        if (outcome.status !== 'RUNNING') return outcome;
      }
      reachedAtMs = Date.now();
    } catch (error) {
      const passing = isAwsError(error, 'unavailable') || isAwsError(error, 'throttled');
      if (!passing || Date.now() - reachedAtMs > PATIENCE_MS) throw error;
    }
    await sleep(pauseMs).catch(() => undefined);
  }
  return null;
}

async function look({
  calls,
  executionArn,
  reader,
  onEvent,
  onBlind,
}: Followed): Promise<'seen' | 'denied'> {
  try {
    for (const event of await calls.readEvents(executionArn, reader.lastId)) {
      for (const told of reader.read(event)) onEvent(told);
    }
    return 'seen';
  } catch (error) {
    if (!isAwsError(error, 'denied')) throw error;
    onBlind(`${error.action} on ${error.resource} answered ${error.code}: ${error.message}`);
    return 'denied';
  }
}
