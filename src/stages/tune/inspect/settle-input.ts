import type { Input } from '../../../contract/tune/input.ts';
import type { Run } from '../../../contract/tune/state.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import { mayOutlast } from '../../../core/measure/long-sizes.ts';
import { payloadHashes, type WeightedPayloads } from './settle-payloads.ts';

/** Below this a slow invocation is cut off before its tail is seen. */
const LEAST_MEASURE_TIMEOUT_SECONDS = 60;

/** Returns the input as the run uses it: what the target decides is filled in, payloads are their hashes. */
export function settleInput(
  input: Input,
  target: Target,
  payloads: WeightedPayloads,
  concurrency: number,
  run: Run,
  history: NonNullable<SettledInput['history']>,
): SettledInput {
  const { payload: _payload, payloads: _payloads, measureTimeoutSeconds, seed, ...rest } = input;
  const timeoutSeconds =
    measureTimeoutSeconds ?? Math.max(target.timeoutSeconds, LEAST_MEASURE_TIMEOUT_SECONDS);
  return {
    ...rest,
    history,
    payloads: payloadHashes(payloads, input.varyPayload),
    concurrency,
    measureTimeoutSeconds: timeoutSeconds,
    asynchronous: mayOutlast({ measureTimeoutSeconds: timeoutSeconds }),
    seed: seed ?? seedOf(run.id),
  };
}

/** FNV-1a: the same run name, the same schedule. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}
