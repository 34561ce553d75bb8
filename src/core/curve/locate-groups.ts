import { mergeRuns, numbersOf, takeMedian } from '../statistics/numbers.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { chooseTrim, trimmedLocation } from '../statistics/trimmed-location.ts';
import { UNKNOWN_SPREAD } from '../statistics/unknown-spread.ts';

/** Noise of less than this is the clock's. */
export const LEAST_SPREAD = 0.002;
/** How many values the pooled noise counts for, beside a size's own. */
const POOLED_WORTH = 8;

/** The logarithms of durations at one size, of one payload. */
export interface RawGroup {
  readonly memoryMb: number;
  readonly logs: readonly {
    readonly value: number;
    readonly atMs: number;
    readonly environment: number | null;
  }[];
  readonly environmentCount: number;
}

/** The same, once it is known where they lie. */
export interface Group extends RawGroup {
  readonly location: number;
  /** Squared standard error of the location, for independent values. */
  readonly variance: number;
}

export interface Located {
  readonly groups: readonly Group[];
  /** Ascending, around where each group lies; of groups with values enough. */
  readonly residuals: Float64Array;
  readonly spread: number;
  /** Whether any size has values enough for a spread. */
  readonly isKnown: boolean;
}

/**
 * Tells where each group lies: the trimmed mean of the logarithms that suits the noise best, of the group
 * alone; what scatters around it is told by all groups together.
 */
export function locate(raw: readonly RawGroup[]): Located {
  const sorted = raw.map(({ logs }) => numbersOf(logs, ({ value }) => value).sort());
  const counts = sorted.map(({ length }) => length);
  const aroundMedians = residualsAround(
    sorted,
    sorted.map((values) => quantileOf(values, 0.5)),
  );
  if (aroundMedians.length === 0) {
    return {
      isKnown: false,
      residuals: aroundMedians,
      spread: UNKNOWN_SPREAD,
      groups: raw.map((group, index) => ({
        ...group,
        location: trimmedLocation(sorted[index] as Float64Array, { below: 0, above: 0 }),
        variance: (2 * UNKNOWN_SPREAD ** 2) / (counts[index] as number),
      })),
    };
  }
  // Medians of few values of two humps jump; around what the noise is located by best they do less.
  const roughly = locationsOf(sorted, aroundMedians);
  const residuals = residualsAround(sorted, roughly.locations);
  const { locations, scatterOf } = locationsOf(sorted, residuals);
  const spread = Math.max(LEAST_SPREAD, spreadOf(residuals));
  const relative = relativeSpreads(sorted, locations, residuals);
  return {
    isKnown: true,
    residuals: residualsAround(sorted, locations),
    spread,
    groups: raw.map((group, index) => {
      const n = counts[index] as number;
      const { own, freedom } = relative[index] as { own: number; freedom: number };
      // The variance itself is uncertain: Student's distribution is that much wider.
      const wider = freedom > 4 ? freedom / (freedom - 2) : 2;
      const variance = Math.max(LEAST_SPREAD ** 2 / n, own * scatterOf(n).variance);
      return { ...group, location: locations[index] as number, variance: variance * wider };
    }),
  };
}

function locationsOf(
  sorted: readonly Float64Array[],
  residuals: Float64Array,
): ReturnType<typeof chooseTrim> & { readonly locations: readonly number[] } {
  const chosen = chooseTrim(
    residuals,
    sorted.map(({ length }) => length),
  );
  const locations = sorted.map(
    (values) => trimmedLocation(values, chosen.trim) - chosen.scatterOf(values.length).bias,
  );
  return { ...chosen, locations };
}

/** Ascending; of sizes with enough values to have a spread. Few lie closer to their own middle than to the true one. */
function residualsAround(
  sorted: readonly Float64Array[],
  locations: readonly number[],
): Float64Array {
  const enough = sorted.map(({ length }) => (length < 3 ? 0 : length));
  const residuals = new Float64Array(enough.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const [index, values] of sorted.entries()) {
    const n = enough[index] as number;
    const few = Math.sqrt(n / (n - 1));
    for (let i = 0; i < n; i += 1, at += 1) {
      residuals[at] = ((values[i] as number) - (locations[index] as number)) * few;
    }
  }
  return mergeRuns(residuals, enough);
}

/** Robust: of the distances from the middle. */
function spreadOf(residuals: Float64Array): number {
  const middle = quantileOf(residuals, 0.5);
  return 1.4826 * takeMedian(residuals.map((value) => Math.abs(value - middle)));
}

/** Beyond these quantiles of all residuals, values count as lying on them. */
const WINSORIZED = 0.1;

/**
 * Tells how much more or less than all together each size scatters (squared), and degrees of freedom of that.
 */
function relativeSpreads(
  sorted: readonly Float64Array[],
  locations: readonly number[],
  residuals: Float64Array,
): readonly { readonly own: number; readonly freedom: number }[] {
  const low = quantileOf(residuals, WINSORIZED);
  const high = quantileOf(residuals, 1 - WINSORIZED);
  const squaresOf = (values: ArrayLike<number>, location: number): number => {
    let [sum, squares] = [0, 0];
    for (let index = 0; index < values.length; index += 1) {
      const value = Math.max(low, Math.min(high, (values[index] as number) - location));
      sum += value;
      squares += value * value;
    }
    return squares - (sum * sum) / values.length;
  };
  const pooled = Math.max(
    LEAST_SPREAD ** 2,
    squaresOf(residuals, 0) / Math.max(1, residuals.length - 1),
  );
  const degrees = sorted.reduce((sum, { length }) => sum + length - 1, 0);
  const worth = Math.min(POOLED_WORTH, degrees);
  return sorted.map((values, index) => {
    const freedom = worth + values.length - 1;
    const own = squaresOf(values, locations[index] as number) / pooled;
    return { own: (worth + own) / Math.max(1, freedom), freedom };
  });
}
