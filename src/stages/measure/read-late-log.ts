import { isAwsError } from '../../contract/aws-error.ts';
import type { Deps, InvokeReply } from '../../contract/deps.ts';
import type { Observation } from '../../contract/observation.ts';
import type { Target } from '../../contract/state.ts';
import { lost, observeLog, type Sent } from '../observe.ts';

/** Log lines take a few seconds to be found; what is not there by then counts as lost. */
const WAITS_MS = [2000, 4000, 8000, 16_000] as const;

/** A search of the log group, as long as it may take. */
const SEARCH_MS = 5000;

/** Clocks of two machines differ a little. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Looks an answered invocation up in CloudWatch Logs: extensions that log a lot can push the report out
 * of the 4 KB that come with the answer.
 *
 * @param leftMs how long the caller can still wait
 */
export async function readLateLog(
  deps: Pick<Deps, 'findLogLines' | 'now' | 'sleep'>,
  target: Pick<Target, 'logGroup' | 'timeoutSeconds'>,
  reply: Extract<InvokeReply, { kind: 'answered' }>,
  sent: Sent,
  leftMs: () => number = () => Infinity,
): Promise<Observation> {
  const fromMs = deps.now() - CLOCK_SKEW_MS - target.timeoutSeconds * 1000;
  for (const waitMs of WAITS_MS) {
    if (leftMs() < waitMs + SEARCH_MS) break;
    await deps.sleep(waitMs);
    const log = await logOf(deps, target, reply.requestId, fromMs);
    if (log === null) break;
    const observation = observeLog(log, reply.requestId, reply, sent);
    if (observation.outcome !== 'lost') return observation;
  }
  return lost(sent);
}

/** All lines about a request, oldest first; `null` where the log group cannot be read. */
export async function logOf(
  deps: Pick<Deps, 'findLogLines'>,
  target: Pick<Target, 'logGroup'>,
  requestId: string,
  fromMs: number,
): Promise<string | null> {
  try {
    const lines = await deps.findLogLines({ logGroup: target.logGroup, text: requestId, fromMs });
    return lines.map((line) => line.replace(/\n?$/, '\n')).join('');
  } catch (error) {
    // Reading logs is a fallback: without it the invocation is lost, and said to be.
    if (isAwsError(error)) return null;
    throw error;
  }
}
