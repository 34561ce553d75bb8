import type { Candidate } from './eligible.ts';
import type { LimitCheck } from './limits.ts';
import type { JudgedSize } from './size-result.ts';

/** Why no size is recommended. */
export type NoAnswer =
  | {
      readonly kind: 'nothing-measured';
      /** Ascending: every size asked for or seen. */
      readonly sizes: readonly JudgedSize[];
      /** The largest size that ran out of memory; 0 where none did. */
      readonly diedUpToMb: number;
      /** Every size that was invoked is at or below that one. */
      readonly allTooSmall: boolean;
    }
  | {
      readonly kind: 'no-size-meets-limits';
      readonly sizes: readonly JudgedSize[];
      /** The size that misses its limits by least, and the one it misses by most. */
      readonly closest: { readonly memoryMb: number; readonly check: LimitCheck } | null;
      readonly currency: string;
    };

/** No size can be chosen from. */
export function nothingMeasured(sizes: readonly JudgedSize[], diedUpToMb: number): NoAnswer {
  const tried = sizes.filter(({ invocations }) => invocations > 0);
  const allTooSmall = tried.length > 0 && tried.every(({ memoryMb }) => memoryMb <= diedUpToMb);
  return { kind: 'nothing-measured', sizes, diedUpToMb, allTooSmall };
}

/** Returns every size breaks a limit. */
export function noSizeMeetsLimits(
  sizes: readonly JudgedSize[],
  checked: readonly { readonly candidate: Candidate; readonly checks: readonly LimitCheck[] }[],
  currency: string,
): NoAnswer {
  const [closest = null] = checked
    .map(({ candidate, checks }) => ({
      memoryMb: candidate.memoryMb,
      check: checks.reduce((a, b) => (b.ratio > a.ratio ? b : a)),
    }))
    .toSorted((a, b) => a.check.ratio - b.check.ratio);
  return { kind: 'no-size-meets-limits', sizes, closest, currency };
}
