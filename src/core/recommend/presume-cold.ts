import type { Observation } from '../../contract/shared/observation.ts';
import { numbersOf, takeMedian } from '../statistics/numbers.ts';

/** A first run takes at least so many times what a warm one takes, where clients are set up in it. */
const SLOW = 2.5;
/** First runs must show it at this many sizes, before it is believed to be more than an outlier. */
const LEAST_SIZES = 2;
/** By how much slowness must be commoner among first runs than among the others. */
const COMMONER = 5;
/** The way to Lambda and back, for which an environment is not free again. */
const ON_THE_WAY_MS = 50;

/**
 * Lambda also initialises environments ahead of need: their first invocation is as slow as a cold one, but
 * its log says nothing of it. Which invocations were first is known where log streams tell environments
 * apart; elsewhere which can have been follows from which were under way at the same time. Where slow ones crowd among those, across sizes, and are rare among the others, the slow
 * first ones count as cold.
 *
 * @returns those that are presumed cold: successful, and not marked cold
 */
export function presumeCold(observations: readonly Observation[]): ReadonlySet<Observation> {
  const sizes = [...bySize(observations)].map(splitRuns);
  const judged = sizes.filter(({ typicalMs }) => typicalMs !== null);
  let [firsts, slowFirsts, slowSizes, others, slowOthers] = [0, 0, 0, 0, 0];
  for (const runs of judged) {
    const slow = countSlow(runs.first, runs.typicalMs);
    firsts += runs.first.length;
    slowFirsts += slow;
    if (slow > 0) slowSizes += 1;
    others += runs.others.length;
    slowOthers += countSlow(runs.others, runs.typicalMs);
  }
  const shareOfFirsts = slowFirsts / Math.max(1, firsts);
  const shareOfOthers = (slowOthers + 0.5) / (others + 1);
  if (slowSizes < LEAST_SIZES || shareOfFirsts <= COMMONER * shareOfOthers) return new Set();
  return new Set(
    sizes.flatMap(({ first, typicalMs }) => {
      if (typicalMs !== null) return first.filter((each) => isSlow(each, typicalMs));
      // Nothing but first runs at this size: the others tell whether these are slow ones.
      const fastestMs = Math.min(...first.map(durationOf));
      return shareOfFirsts > 0.5 ? first : first.filter((each) => isSlow(each, fastestMs));
    }),
  );
}

interface Runs {
  /** Warm by their log, though they can have been the first of their environment. */
  readonly first: readonly Observation[];
  readonly others: readonly Observation[];
  /** Median of the others; `null` where there are none. */
  readonly typicalMs: number | null;
}

function splitRuns(own: readonly Observation[]): Runs {
  const candidates = firstRuns(own);
  const first: Observation[] = [];
  const others: Observation[] = [];
  for (const each of own) {
    if (isWarmSuccess(each)) (candidates.has(each) ? first : others).push(each);
  }
  return {
    first,
    others,
    typicalMs: others.length === 0 ? null : takeMedian(numbersOf(others, durationOf)),
  };
}

function countSlow(runs: readonly Observation[], typicalMs: number | null): number {
  let slow = 0;
  for (const each of runs) if (isSlow(each, typicalMs)) slow += 1;
  return slow;
}

function isSlow(observation: Observation, typicalMs: number | null): boolean {
  return durationOf(observation) > SLOW * (typicalMs ?? Infinity);
}

function durationOf({ durationMs }: Observation): number {
  return durationMs ?? 0;
}

function bySize(observations: readonly Observation[]): Iterable<readonly Observation[]> {
  const groups = new Map<number, Observation[]>();
  for (const each of observations) {
    const own = groups.get(each.memoryMb);
    if (own === undefined) groups.set(each.memoryMb, [each]);
    else own.push(each);
  }
  return groups.values();
}

function isWarmSuccess({ outcome, cold, durationMs }: Observation): boolean {
  return outcome === 'ok' && cold !== true && durationMs !== null;
}

/**
 * Returns the first invocation of each environment, where every one is known by its log; otherwise who can
 * have been it.
 */
function firstRuns(own: readonly Observation[]): ReadonlySet<Observation> {
  const firsts = new Map<number, Observation>();
  for (const each of own) {
    const { environment } = each;
    if (environment === undefined || environment === null) return firstRunsByTime(own);
    const known = firsts.get(environment);
    if (known === undefined || comesBefore(each, known)) firsts.set(environment, each);
  }
  return new Set(firsts.values());
}

/** Of those sent in the same millisecond the longest was cold. */
function comesBefore(one: Observation, other: Observation): boolean {
  return (one.atMs - other.atMs || durationOf(other) - durationOf(one)) < 0;
}

/**
 * Invocations that found every environment of their size busy, so that each needed a new one: by the times
 * of the logs as they are, and allowing for the way to Lambda and back, during which nobody knows.
 */
function firstRunsByTime(own: readonly Observation[]): ReadonlySet<Observation> {
  const inTime = own.toSorted(
    (a, b) => a.atMs - b.atMs || (b.durationMs ?? 0) - (a.durationMs ?? 0),
  );
  return new Set([...newEnvironments(inTime, 0), ...newEnvironments(inTime, ON_THE_WAY_MS)]);
}

function newEnvironments(inTime: readonly Observation[], padMs: number): readonly Observation[] {
  // One entry for each environment: when it is free again.
  const freeFromMs: number[] = [];
  return inTime.filter((each) => {
    const free = freeFromMs.findIndex((ms) => ms <= each.atMs);
    const againMs = each.atMs + (each.billedMs ?? each.durationMs ?? 0) + padMs;
    // What did not end well takes its environment with it.
    if (free !== -1) freeFromMs.splice(free, 1);
    if (each.outcome === 'ok') freeFromMs.push(againMs);
    return free === -1;
  });
}
