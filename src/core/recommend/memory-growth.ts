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
const FEWEST = 8;
/** How often steps of luck alone may be taken for growth. */
const FALSE_ALARMS = 0.001;
const FEWEST_STEPS = 4;
/** What only warms up grows less and less: later growth is at least this part of the earlier one. */
const STEADY = 0.7;

/**
 * Finds memory that grows with every invocation. The log tells the most that an environment has used so
 * far, so that the figure only ever rises; but of values without a trend the k-th is a new maximum with
 * probability 1 ÷ k (Rényi 1962), less than once in the second half of any sequence. Steps that come far more
 * often than that, and do not fade, are a leak.
 *
 * @returns the sequence that grew most; `null` where nothing grows
 */
export function memoryGrowth(observations: readonly Observation[]): MemoryGrowth | null {
  const sequences = [...sequencesOf(observations)].filter(({ usedMb }) => usedMb.length >= FEWEST);
  let [steps, expected, early, late] = [0, 0, 0, 0];
  for (const { usedMb } of sequences) {
    const middle = Math.floor(usedMb.length / 2);
    const [first, half, last] = [usedMb[0] ?? 0, usedMb[middle - 1] ?? 0, usedMb.at(-1) ?? 0];
    early += half - first;
    late += last - half;
    for (let k = middle; k < usedMb.length; k += 1) {
      if ((usedMb[k] ?? 0) > (usedMb[k - 1] ?? 0)) steps += 1;
      expected += 1 / (k + 1);
    }
  }
  if (steps < FEWEST_STEPS || late < STEADY * early) return null;
  if (poissonTail(steps, expected) > FALSE_ALARMS) return null;
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

/** The probability of so many or more of a Poisson variable. */
function poissonTail(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k += 1) {
    below += term;
    term *= mean / (k + 1);
  }
  return Math.max(0, 1 - below);
}
