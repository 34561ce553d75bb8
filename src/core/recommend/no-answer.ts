import type { SizeResult } from '../../contract/result.ts';
import type { Candidate } from './eligible.ts';
import type { LimitCheck } from './limits.ts';

/** Why no size could be measured, size by size. */
export function nothingMeasured(sizes: readonly SizeResult[]): string {
  if (sizes.length === 0) return 'No size was measured: no invocation was made.';
  const each = sizes.map(({ memoryMb, reason }) => `${memoryMb} MB: ${reason ?? 'nothing usable'}`);
  return `No size could be measured. ${each.join('; ')}.`;
}

/** Names the size that misses its limits by least, and by what. */
export function noSizeMeetsLimits(
  checked: readonly { readonly candidate: Candidate; readonly checks: readonly LimitCheck[] }[],
): string {
  const worst = checked
    .map(({ candidate, checks }) => ({
      memoryMb: candidate.memoryMb,
      check: checks.reduce((a, b) => (b.ratio > a.ratio ? b : a)),
    }))
    .toSorted((a, b) => a.check.ratio - b.check.ratio)[0];
  if (worst === undefined) return 'No size meets the limits.';
  return `No size meets the limits. The closest is ${worst.memoryMb} MB, with ${worst.check.current} where a ${worst.check.wanted} is wanted.`;
}
