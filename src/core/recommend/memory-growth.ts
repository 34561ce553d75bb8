import type { Observation } from '../../contract/shared/observation.ts';

/** Memory that grew from one invocation to the next in the environments of one size. */
export interface MemoryGrowth {
  readonly memoryMb: number;
  readonly fromMb: number;
  readonly toMb: number;
  /** Invocations of the environment (of the size, where no log tells environments apart) that showed it. */
  readonly invocations: number;
}

/** Shorter sequences show how a runtime warms up, and nothing else. */
const FEWEST = 4;
/** What an environment's first invocations load is no growth: steps count from the third one on. */
const COUNTED_FROM = 2;
/** How often steps of luck alone may be taken for growth. */
const FALSE_ALARMS = 0.01;
const FEWEST_STEPS = 4;
/** What only warms up grows less and less: later growth is at least this part of the earlier one. */
const STEADY = 0.7;

/**
 * Finds memory that grows with every invocation. The log tells the most that an environment has used so
 * far, so that the figure only ever rises; but of values without a trend the k-th is a new maximum with
 * probability 1 ÷ k, whatever the others were (Rényi 1962). Adaptive runs have many environments that served
 * a few invocations each: their steps are counted together, over all sizes, and where they come far more
 * often than that, and do not fade, they are a leak.
 *
 * @returns the sequence that grew most; `null` where nothing grows
 */
export function memoryGrowth(observations: readonly Observation[]): MemoryGrowth | null {
  const sequences = [...sequencesOf(observations)].filter(({ usedMb }) => usedMb.length >= FEWEST);
  const chances: number[] = [];
  let [steps, early, late] = [0, 0, 0];
  for (const { usedMb } of sequences) {
    const last = usedMb.length - 1;
    const middle = Math.floor(last / 2);
    // Per invocation, so that halves of odd lengths compare.
    early += ((usedMb[middle] ?? 0) - (usedMb[0] ?? 0)) / middle;
    late += ((usedMb[last] ?? 0) - (usedMb[middle] ?? 0)) / (last - middle);
    for (let k = COUNTED_FROM; k <= last; k += 1) {
      if ((usedMb[k] ?? 0) > (usedMb[k - 1] ?? 0)) steps += 1;
      chances.push(1 / (k + 1));
    }
  }
  if (steps < FEWEST_STEPS || late < STEADY * early) return null;
  if (atLeast(steps, chances) > FALSE_ALARMS) return null;
  return sequences
    .map(({ memoryMb, usedMb }) => ({
      memoryMb,
      fromMb: usedMb[0] ?? 0,
      toMb: usedMb.at(-1) ?? 0,
      invocations: usedMb.length,
    }))
    .reduce((most, each) => (each.toMb - each.fromMb > most.toMb - most.fromMb ? each : most));
}

interface Sequence {
  readonly memoryMb: number;
  /** The most that was used so far, in the order of time. */
  readonly usedMb: readonly number[];
}

function sequencesOf(observations: readonly Observation[]): Iterable<Sequence> {
  const groups = new Map<string, Observation[]>();
  for (const each of observations) {
    if (each.maxMemoryUsedMb === null || each.outcome !== 'ok') continue;
    const key = `${each.memoryMb} ${each.environment ?? ''}`;
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [each]);
    else own.push(each);
  }
  return [...groups.values()].map((own) => {
    let most = 0;
    const inTime = own.toSorted(
      (a, b) => a.atMs - b.atMs || (a.maxMemoryUsedMb ?? 0) - (b.maxMemoryUsedMb ?? 0),
    );
    return {
      memoryMb: own[0]?.memoryMb ?? 0,
      usedMb: inTime.map(({ maxMemoryUsedMb }) => (most = Math.max(most, maxMemoryUsedMb ?? 0))),
    };
  });
}

/** Returns the probability of so many or more of independent events, each with a chance of its own. */
function atLeast(count: number, chances: readonly number[]): number {
  // Entry i: the probability of i events so far; of `count` or more in the last one.
  const probabilities = new Float64Array(count + 1);
  probabilities[0] = 1;
  for (const chance of chances) {
    for (let i = count; i >= 0; i -= 1) {
      const stays = i === count ? 1 : 1 - chance;
      const comes = i === 0 ? 0 : chance * (probabilities[i - 1] as number);
      probabilities[i] = stays * (probabilities[i] as number) + comes;
    }
  }
  return probabilities[count] as number;
}
