import type { SizeOutcome } from '../../contract/tune/result.ts';
import type { Variant } from '../../contract/tune/state.ts';
import { errorsOf, type SizeSample } from './size-sample.ts';

/** What became of a size, and why it is not plainly measured (`null` where it is). */
export interface Judged {
  readonly outcome: SizeOutcome;
  readonly reason: string | null;
}

/** What a size is judged by besides its own observations. */
export interface JudgedBy {
  readonly memoryMb: number;
  readonly measureTimeoutSeconds: number;
  /** The largest size that ran out of memory: {@link diedUpToMb}. */
  readonly diedUpToMb: number;
}

/**
 * Sorts a size by how its invocations ended. One that ran out of memory even once is
 * `out-of-memory`: under another payload it would do so again. So is a smaller one, whatever survived
 * there: it is no choice.
 */
export function sizeOutcome(
  variant: Variant | undefined,
  sample: SizeSample | undefined,
  { memoryMb, measureTimeoutSeconds, diedUpToMb }: JudgedBy,
): Judged {
  const isRuledOut = memoryMb <= diedUpToMb;
  const whyRuledOut =
    memoryMb === diedUpToMb
      ? 'the trial invocation ran out of memory here'
      : `${diedUpToMb} MB ran out of memory, and this is less`;
  if (sample === undefined || sample.invocations === 0) {
    if (variant?.outcome === 'refused') {
      return { outcome: 'refused', reason: variant.reason ?? 'AWS refused this size' };
    }
    return isRuledOut
      ? { outcome: 'out-of-memory', reason: whyRuledOut }
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
  if (isRuledOut && outcomes.ok > 0) {
    return { outcome: 'out-of-memory', reason: `${whyRuledOut}; ${of(outcomes.ok)} survived` };
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
