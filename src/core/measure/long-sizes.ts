import type { Observation } from '../../contract/shared/observation.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { hopelessSizes } from './hopeless.ts';

/** What one call of Measure, which lasts 15 minutes at most, can wait for. */
export const LONGEST_WAIT_SECONDS = 840;

type Terms = Pick<SettledInput, 'measureTimeoutSeconds' | 'asynchronous' | 'concurrency'>;

/** Tells whether an invocation may take longer than it is waited for. */
export function mayOutlast({
  measureTimeoutSeconds,
}: Pick<Terms, 'measureTimeoutSeconds'>): boolean {
  return measureTimeoutSeconds > LONGEST_WAIT_SECONDS;
}

/**
 * Returns the sizes whose invocations go through Lambda's own queue from here on: those at which one was not
 * waited for to its end. A configured timeout tells little, since most functions take a small part of it.
 */
export function queuedSizes(
  terms: Terms,
  observations: readonly Observation[],
): ReadonlySet<number> {
  return terms.asynchronous ? lostSizes(terms, observations) : new Set();
}

/**
 * The sizes that are not worth another invocation. What was lost by waiting too briefly is no failure where
 * the queue can take the rest; where it cannot, a size that was never seen to end in time is given up.
 */
export function givenUpSizes(
  terms: Terms,
  observations: readonly Observation[],
): ReadonlySet<number> {
  const lost = lostSizes(terms, observations);
  if (lost.size === 0) return hopelessSizes(observations);
  if (terms.asynchronous) return hopelessSizes(withoutFirstLost(observations, terms.concurrency));
  const ended = new Set(
    observations.filter(({ outcome }) => outcome !== 'lost').map(({ memoryMb }) => memoryMb),
  );
  const never = [...lost].filter((memoryMb) => !ended.has(memoryMb));
  return new Set([...hopelessSizes(observations), ...never]);
}

function lostSizes(terms: Terms, observations: readonly Observation[]): ReadonlySet<number> {
  if (!mayOutlast(terms)) return new Set();
  return new Set(
    observations.filter(({ outcome }) => outcome === 'lost').map(({ memoryMb }) => memoryMb),
  );
}

/**
 * Leaves out the first lost invocations of each size: as many may be under way at once when the first of them
 * turns out to be too long.
 */
function withoutFirstLost(
  observations: readonly Observation[],
  most: number,
): readonly Observation[] {
  const lost = new Map<number, number>();
  return observations.filter(({ memoryMb, outcome }) => {
    if (outcome !== 'lost') return true;
    const count = (lost.get(memoryMb) ?? 0) + 1;
    lost.set(memoryMb, count);
    return count > most;
  });
}
