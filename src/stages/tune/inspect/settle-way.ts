import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import type { Run } from '../../../contract/tune/state.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import { LONGEST_WAIT_SECONDS } from '../../../core/measure/long-sizes.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/**
 * What one invocation may carry, by the way it takes: 6 MB where somebody waits for the answer, 1 MB through
 * Lambda's queue (Lambda quotas, 2026-11; the latter was 256 KB until October 2025).
 */
export const MOST_PAYLOAD_BYTES = { synchronous: 6 * 2 ** 20, queued: 2 ** 20 } as const;

const MINUTE_MS = 60_000;
const WITHIN_MS = 5000;

type WayDeps = Pick<Deps, 'readFailureDestination' | 'findLogEvents' | 'now'>;
type WhyNot = Pick<Extract<WarningFacts, { code: 'long-invocations-lost' }>, 'why' | 'detail'>;

/**
 * By which ways the run's invocations may go. Every one begins with somebody waiting for its answer; a size
 * whose invocations turn out to be too long for that goes on through Lambda's own queue, where the queue can
 * do what the run needs. Where it cannot, the run begins all the same, for most functions end long before
 * their timeout, and says what becomes of invocations that do not.
 *
 * @throws {PowerdialError} InvalidInput for payloads that no way can carry
 */
export async function settleWay(
  deps: WayDeps,
  input: SettledInput,
  target: Target,
  run: Run,
): Promise<{ readonly input: SettledInput; readonly warnings: readonly WarningFacts[] }> {
  refuseLargePayloads(input);
  if (!input.asynchronous) return { input, warnings: [] };
  const why = await whyNotQueued(deps, input, target, run);
  if (why === null) return { input, warnings: [] };
  return {
    input: { ...input, asynchronous: false },
    warnings: [{ code: 'long-invocations-lost', waitSeconds: LONGEST_WAIT_SECONDS, ...why }],
  };
}

function refuseLargePayloads({ payloads }: SettledInput): void {
  const mostBytes = MOST_PAYLOAD_BYTES.synchronous;
  const problems = payloads.flatMap(({ bytes }, index) => {
    const key = payloads.length === 1 ? 'payload' : `payloads[${index}]`;
    return bytes <= mostBytes ? [] : [{ key, bytes, mostBytes }];
  });
  if (problems.length > 0) throw toRefusal({ code: 'payloads-too-large', problems });
}

async function whyNotQueued(
  deps: WayDeps,
  { preProcessor, postProcessor, payloads }: SettledInput,
  target: Target,
  run: Run,
): Promise<WhyNot | null> {
  const processor = preProcessor ?? postProcessor;
  if (processor !== undefined) return { why: 'processor', detail: processor };
  const bytes = Math.max(...payloads.map((each) => each.bytes));
  if (bytes > MOST_PAYLOAD_BYTES.queued) return { why: 'payload', detail: String(bytes) };
  // Queued invocations that fail go where the function sends its failures: ours must not end up there.
  const destination = await deps.readFailureDestination(target.functionName);
  if (destination !== null) return { why: 'failure-destination', detail: destination };
  return (await canReadLogs(deps, target, run)) ? null : { why: 'log', detail: target.logGroup };
}

/**
 * What a queued invocation did stands in its log only: a log group that cannot be searched is of another class
 * than Standard, or may not be read. One that is not there yet is made by the first invocation.
 */
async function canReadLogs(
  deps: WayDeps,
  { logGroup }: Pick<Target, 'logGroup'>,
  run: Run,
): Promise<boolean> {
  const toMs = deps.now();
  try {
    const query = { logGroup, text: run.id, fromMs: toMs - MINUTE_MS, toMs };
    await deps.findLogEvents({ ...query, streamPrefixes: null, withinMs: WITHIN_MS });
    return true;
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return error.kind !== 'denied' && error.kind !== 'refused';
  }
}
