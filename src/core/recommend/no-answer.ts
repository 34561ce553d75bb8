import { MAX_MEMORY_MB } from '../../contract/shared/memory.ts';
import type { SizeResult } from '../../contract/tune/result.ts';
import type { Candidate } from './eligible.ts';
import type { LimitCheck } from './limits.ts';

/** Why no size could be measured, size by size, and what to do where all were too small. */
export function nothingMeasured(sizes: readonly SizeResult[], diedUpToMb: number): string {
  if (sizes.length === 0) return 'No size was measured: no invocation was made.';
  const each = sizes.map(({ memoryMb, reason }) => `${memoryMb} MB: ${reason ?? 'nothing usable'}`);
  const tried = sizes.filter(({ invocations }) => invocations > 0);
  const allTooSmall = tried.length > 0 && tried.every(({ memoryMb }) => memoryMb <= diedUpToMb);
  return `${allTooSmall ? 'No size can be recommended' : 'No size could be measured'}. ${each.join('; ')}.${
    allTooSmall ? ` ${tooSmall(diedUpToMb)}` : ''
  }`;
}

function tooSmall(diedUpToMb: number): string {
  const why = `Nothing at or below a size that ran out of memory is a choice, and none above ${diedUpToMb} MB was measured`;
  return diedUpToMb < MAX_MEMORY_MB
    ? `${why}: name larger sizes (memorySizes, --memory), or give a payload that takes less.`
    : `${why}, because Lambda has none: give a payload that takes less, or find what keeps the memory.`;
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
