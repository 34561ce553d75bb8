import type { Observation } from '../../contract/shared/observation.ts';

/**
 * The law of deaths: nothing at or below a size that ran out of memory, be it once, is a candidate for
 * anything. Whoever survives there was lucky: the same invocation on less memory would have died as well.
 *
 * @param observations of the run, its trial as well
 * @returns the largest size at which an invocation ran out of memory; 0 where none did
 */
export function diedUpToMb(observations: readonly Observation[]): number {
  return observations.reduce(
    (largest, { memoryMb, outcome }) =>
      outcome === 'out-of-memory' ? Math.max(largest, memoryMb) : largest,
    0,
  );
}
