import type { BucketedDurations } from '../history/bucketed-durations.ts';

/** Durations scatter by as much at least, in the logarithm: a density takes a width. */
const LEAST_WIDTH = 0.05;
/** What no payload explains is taken for anything within this range of the logarithm. */
const ANYTHING = Math.log(900_000 / 0.1);
const ROUNDS = 300;
const STEP = 1.1;
/** How much nearer to the traffic's mean, as a fraction, other shares must come to be worth a word. */
const WORTH_SAYING = 0.1;

/** What one payload of several took at the present size, warm, and the share that it counts for. */
export interface PayloadValues {
  readonly share: number;
  readonly durationsMs: readonly number[];
}

/**
 * Returns the shares of payloads that would fit the real calls better: those under which the calls are most
 * probable (expectation and maximisation, Dempster, Laird and Rubin 1977, with densities that are known),
 * beside a part that no payload explains.
 *
 * @returns summing to 1, to whole per cent; `null` where no shares come nearer to the calls by enough to be said, or
 *   where most calls are like none of the payloads
 */
export function fittingWeights(
  payloads: readonly PayloadValues[],
  production: BucketedDurations,
): readonly number[] | null {
  const wanted = production.mean;
  if (payloads.length < 2 || wanted === null || wanted <= 0) return null;
  if (payloads.some(({ durationsMs }) => durationsMs.length === 0)) return null;
  const steps = production.steps(STEP).map(({ ms, count }) => ({ at: Math.log(ms), count }));
  const densities = payloads.map(({ durationsMs }) => {
    const density = densityOf(durationsMs.map((ms) => Math.log(Math.max(ms, 0.01))));
    return steps.map(({ at }) => density(at));
  });
  const parts = mostProbable(
    [...densities, steps.map(() => 1 / ANYTHING)],
    steps.map(({ count }) => count),
  );
  const explained = parts.slice(0, -1).reduce((sum, part) => sum + part, 0);
  if (explained < 0.5) return null;
  const shares = parts.slice(0, -1).map((part) => Math.round((100 * part) / explained) / 100);
  const means = payloads.map(({ durationsMs }) => meanOf(durationsMs));
  const distance = (weights: readonly number[]): number => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = weights.reduce((sum, weight, index) => sum + weight * (means[index] ?? 0), 0);
    return Math.abs(Math.log(mean / total / wanted));
  };
  const gain = distance(payloads.map(({ share }) => share)) - distance(shares);
  return gain >= WORTH_SAYING ? shares : null;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Returns a normal kernel around each value (Silverman 1986, 3.31). */
function densityOf(logs: readonly number[]): (at: number) => number {
  const center = meanOf(logs);
  const spread = Math.sqrt(meanOf(logs.map((log) => (log - center) ** 2)));
  const width = Math.max(LEAST_WIDTH, Math.log(STEP) / 2, 0.9 * spread * logs.length ** -0.2);
  return (at) =>
    meanOf(logs.map((log) => Math.exp(-((at - log) ** 2) / (2 * width ** 2)))) /
    (width * Math.sqrt(2 * Math.PI));
}

/** @param densities of each part at each step */
function mostProbable(
  densities: readonly (readonly number[])[],
  counts: readonly number[],
): readonly number[] {
  let parts = densities.map(() => 1 / densities.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const taken = densities.map(() => 0);
    for (const [step, count] of counts.entries()) {
      const likely = densities.map((own, part) => (parts[part] ?? 0) * (own[step] ?? 0));
      const sum = likely.reduce((all, each) => all + each, 0);
      for (const [part, each] of likely.entries()) {
        taken[part] = (taken[part] ?? 0) + (sum > 0 ? (count * each) / sum : 0);
      }
    }
    parts = taken.map((count) => count / total);
  }
  return parts;
}
