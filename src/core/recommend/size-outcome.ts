import type { SizeOutcome } from '../../contract/result.ts';
import type { Variant } from '../../contract/state.ts';
import { errorsOf, type SizeSample } from './size-sample.ts';

/** What became of a size, and why it is not plainly measured (`null` where it is). */
export interface Judged {
  readonly outcome: SizeOutcome;
  readonly reason: string | null;
}

/**
 * Sorts a size by how its invocations ended. One that ran out of memory even once is
 * `out-of-memory`: under another payload it would do so again.
 */
export function sizeOutcome(
  variant: Variant | undefined,
  sample: SizeSample | undefined,
  measureTimeoutSeconds: number,
): Judged {
  if (sample === undefined || sample.invocations === 0) {
    return variant?.outcome === 'refused'
      ? { outcome: 'refused', reason: variant.reason ?? 'AWS refused this size' }
      : { outcome: 'failed', reason: 'it was not invoked before the run had to stop' };
  }
  const { outcomes, invocations } = sample;
  const of = (count: number): string => `${count} of ${invocations} invocations`;
  if (outcomes['out-of-memory'] > 0) {
    return {
      outcome: 'out-of-memory',
      reason: `${of(outcomes['out-of-memory'])} ran out of memory`,
    };
  }
  if (sample.warm.length + sample.cold.length > 0) {
    const errors = errorsOf(sample);
    return { outcome: 'measured', reason: errors === 0 ? null : `${of(errors)} did not succeed` };
  }
  if (outcomes.timeout > 0 && outcomes.timeout >= outcomes.error) {
    return {
      outcome: 'timeout',
      reason: `${of(outcomes.timeout)} did not finish within ${measureTimeoutSeconds} s`,
    };
  }
  if (outcomes.error > 0) {
    return { outcome: 'failed', reason: `${of(outcomes.error)} ended in an error` };
  }
  return {
    outcome: 'failed',
    reason:
      outcomes.lost > 0
        ? `no platform log was found for ${of(outcomes.lost)}`
        : `the platform log of ${of(invocations)} says nothing about their duration`,
  };
}
