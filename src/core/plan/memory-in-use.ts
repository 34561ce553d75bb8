import type { Observation } from '../../contract/shared/observation.ts';

/** From this share of its memory on, a size is one payload away from running out. */
export const NEARLY_FULL = 0.9;

/**
 * Returns the most memory that was seen in use, whatever became of the invocation; `null` where no log tells.
 */
export function memoryInUseMb(observations: readonly Observation[]): number | null {
  return observations.reduce<number | null>(
    (most, { maxMemoryUsedMb }) =>
      maxMemoryUsedMb === null ? most : Math.max(most ?? 0, maxMemoryUsedMb),
    null,
  );
}

/** Tells whether a size holds what is in use without being nearly full. */
export function holds(memoryMb: number, usedMb: number): boolean {
  return memoryMb * NEARLY_FULL >= usedMb;
}
