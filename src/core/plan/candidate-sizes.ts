import {
  MAX_MEMORY_MB,
  MAX_SIZES,
  MEMORY_MB_PER_VCPU,
  MIN_MEMORY_MB,
} from '../../contract/shared/memory.ts';

/**
 * Where curves bend: doublings from the smallest size up, because functions are slower than any law at
 * small sizes and only measuring shows it; 1,769 MB, where the first vCPU is whole; and 3,008 MB, the
 * largest that new accounts may use.
 */
const LIKELY_SIZES = [MIN_MEMORY_MB, 256, 512, 1024, MEMORY_MB_PER_VCPU, 3008];

/** For functions that still gain at 3,008 MB: the last sizes with three and with all six vCPUs. */
export const LARGE_SIZES: readonly number[] = [5307, MAX_MEMORY_MB];

/**
 * Returns the sizes of the first round where the user leaves them open: the likely ones and the present one.
 */
export function likelySizes(presentMemoryMb: number): readonly number[] {
  return [...new Set([...LIKELY_SIZES, presentMemoryMb])].toSorted((a, b) => a - b);
}

/** "all": sizes spread evenly in log scale over everything Lambda offers, both ends exact. */
export function allSizes(): readonly number[] {
  const ratio = MAX_MEMORY_MB / MIN_MEMORY_MB;
  const sizes = Array.from({ length: MAX_SIZES }, (_, index) =>
    Math.round(MIN_MEMORY_MB * ratio ** (index / (MAX_SIZES - 1))),
  );
  return [...new Set(sizes)];
}
