import type { SizeOutcome } from '../../contract/tune/size-result.ts';
import type { SizeReason } from '../../contract/tune/size-reason.ts';
import type { Variant } from '../../contract/tune/publishing.ts';
import { errorsOf, type SizeSample } from './size-sample.ts';

/** What became of a size, and why it is not plainly measured; `null` where it is. */
export interface Judged {
  readonly outcome: SizeOutcome;
  readonly reasonFacts: SizeReason | null;
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
  const death = {
    code: 'below-a-death',
    diedUpToMb,
    inTrial: memoryMb === diedUpToMb,
    survived: null,
  } as const;
  if (sample === undefined || sample.invocations === 0) {
    if (variant?.outcome === 'refused') {
      const reasonFacts = variant.reasonFacts ?? {
        code: 'refused-by-aws',
        answer: variant.reason,
      };
      return { outcome: 'refused', reasonFacts };
    }
    return isRuledOut
      ? { outcome: 'out-of-memory', reasonFacts: death }
      : { outcome: 'failed', reasonFacts: { code: 'not-invoked' } };
  }
  const { outcomes, invocations } = sample;
  const counted = (count: number) => ({ count, invocations });
  if (outcomes['out-of-memory'] > 0) {
    return {
      outcome: 'out-of-memory',
      reasonFacts: { code: 'ran-out-of-memory', ...counted(outcomes['out-of-memory']) },
    };
  }
  if (isRuledOut && outcomes.ok > 0) {
    const reasonFacts = { ...death, survived: counted(outcomes.ok) };
    return { outcome: 'out-of-memory', reasonFacts };
  }
  if (sample.warm.length + sample.cold.length > 0) {
    const errors = errorsOf(sample);
    return {
      outcome: 'measured',
      reasonFacts: errors === 0 ? null : { code: 'some-failed', ...counted(errors) },
    };
  }
  if (outcomes.timeout > 0 && outcomes.timeout >= outcomes.error) {
    const limitSeconds = measureTimeoutSeconds;
    return {
      outcome: 'timeout',
      reasonFacts: { code: 'timed-out', ...counted(outcomes.timeout), limitSeconds },
    };
  }
  return { outcome: 'failed', reasonFacts: whyFailed() };

  function whyFailed(): SizeReason {
    if (outcomes.error > 0) return { code: 'ended-in-error', ...counted(outcomes.error) };
    return outcomes.lost > 0
      ? { code: 'log-missing', ...counted(outcomes.lost) }
      : { code: 'log-without-duration', ...counted(invocations) };
  }
}
