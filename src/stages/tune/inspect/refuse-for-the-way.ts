import type { WayProblem } from '../../../words/refusals/input-refusals.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';
import type { SettledInput } from '../../../contract/tune/state.ts';

/**
 * What one invocation may carry, by the way it takes: 6 MB where somebody waits for the answer, 1 MB through
 * Lambda's queue (Lambda quotas, 2026-11; the latter was 256 KB until October 2025).
 */
export const MOST_PAYLOAD_BYTES = { synchronous: 6 * 2 ** 20, queued: 2 ** 20 } as const;

/**
 * Refuses what the way that the run's invocations will take cannot do, before anything is changed or paid
 * for: those that are too long to be waited for go through Lambda's own queue.
 *
 * @throws {PowerdialError} InvalidInput with all problems together
 */
export function refuseForTheWay(input: SettledInput): void {
  const { asynchronous, payloads, measureTimeoutSeconds } = input;
  const most = asynchronous ? MOST_PAYLOAD_BYTES.queued : MOST_PAYLOAD_BYTES.synchronous;
  const problems: WayProblem[] = payloads.flatMap(({ bytes }, index) => {
    const key = payloads.length === 1 ? 'payload' : `payloads[${index}]`;
    return bytes <= most ? [] : [{ kind: 'payload', key, bytes, mostBytes: most }];
  });
  for (const key of ['preProcessor', 'postProcessor'] as const) {
    const processor = input[key];
    if (asynchronous && processor !== undefined)
      problems.push({ kind: 'processor', key, processor });
  }
  if (problems.length === 0) return;
  throw toRefusal({ code: 'not-on-this-way', asynchronous, measureTimeoutSeconds, problems });
}
