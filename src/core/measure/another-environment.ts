import type { Observation } from '../../contract/shared/observation.ts';

/** What the inits of one size's further environments may add to the GB-seconds of a run. */
const MOST_ADDED = 0.003;

type Seen = Pick<Observation, 'durationMs' | 'initMs'>;

/**
 * Tells whether a size may have one environment more. Each begins with a cold start, which is billed: for
 * functions that take long, and at small sizes, it is nothing beside the run; for fast ones at large sizes it
 * is several per cent of it.
 *
 * @param seen what was observed so far, of all sizes; where the size was not seen with its init, one has to do
 * @param options.environments that the size has by now
 * @param options.invocations that each size is to have
 */
export function mayHaveAnother(
  memoryMb: number,
  seen: ReadonlyMap<number, readonly Seen[]>,
  options: { readonly environments: number; readonly invocations: number },
): boolean {
  const inits = (seen.get(memoryMb) ?? []).flatMap(({ initMs }) => initMs ?? []);
  if (inits.length === 0) return false;
  const added = options.environments * Math.max(...inits) * memoryMb;
  let run = 0;
  for (const [sizeMb, observations] of seen) {
    run += options.invocations * meanMs(observations) * sizeMb;
  }
  return added <= MOST_ADDED * run;
}

/**
 * Returns the mean of the known durations; 0 where none is known, so that the run counts as smaller than it is.
 */
function meanMs(observations: readonly Seen[]): number {
  const durations = observations.flatMap(({ durationMs }) => durationMs ?? []);
  return durations.reduce((sum, each) => sum + each, 0) / Math.max(1, durations.length);
}
