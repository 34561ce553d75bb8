import { takeMedian } from './numbers.ts';

/** Residuals of one size around where it lies, with the environment that served each. */
export interface GroupedResiduals {
  readonly values: readonly {
    readonly value: number;
    readonly atMs: number;
    /** `null` where no log tells. */
    readonly environment: number | null;
  }[];
  /** How many environments served it, where they are not told apart. */
  readonly environmentCount: number;
}

/** What environments do to the mean of each size. */
export interface EnvironmentEffects {
  /** Standard deviation between environments, of the logarithm. */
  readonly spread: number;
  /** Degrees of freedom that it was learned from; 0: it is presumed. */
  readonly degrees: number;
  readonly groups: readonly {
    /** Environments that served it, as they are known or counted. */
    readonly count: number;
    /** What the mean of all values is put right by, where a few environments served most of them. */
    readonly shift: number;
    /** What the differences between environments add to the variance of that mean. */
    readonly variance: number;
    /** The same for the plain mean of all values. */
    readonly plainVariance: number;
    /** As much of that as luck does not explain; 0 where nothing tells environments apart. */
    readonly certainVariance: number;
  }[];
}

/**
 * What environments are presumed to differ by where nothing tells, and no more than invocations scatter.
 * `check` presumes more: it accuses.
 */
const PRESUMED_SPREAD = 0.03;
/**
 * Intervals presume as much as `check` does, but no more than this part of how far invocations scatter: where
 * several environments served a size, their differences are in that.
 */
const SUSPECTED_SPREAD = 0.05;
const OF_SCATTER = 0.7;
/** How many degrees of freedom that presumption is worth, beside what was seen. */
const PRESUMED_WORTH = 1;
/** Residuals further out than this many spreads count as being there: tails are not of environments. */
const REACH = 3;

/**
 * Every invocation of an environment has its processor and its neighbours in common, so that many invocations
 * of few environments know less than their number says. Where log streams tell which environment served
 * what, the variance between them is learned from all sizes together (one-way analysis of variance, by
 * moments); functions whose environments are alike then pay next to nothing. Where nothing tells, a
 * spread is presumed.
 *
 * @param groups residuals of each size
 * @param spread of one residual, robust
 */
export function environmentEffects(
  groups: readonly GroupedResiduals[],
  spread: number,
): EnvironmentEffects {
  const reach = REACH * spread;
  const served = groups.map(({ values }) => byEnvironment(values));
  const tables = served.map((each) => each && tableOf(each, reach));
  const learned = varianceBetween(tables);
  const between = spreadOut(learned, spread);
  // Where environments differ by far more than invocations scatter, that bound cuts off what they differ by:
  // decisions can do without, intervals cannot.
  const farther = varianceBetween(served.map((each) => each && tableOf(each, reach, true)));
  const suspected = Math.min(SUSPECTED_SPREAD, OF_SCATTER * spread) ** 2;
  const plainBetween = Math.max(
    between,
    // One environment of each size tells no more than none that is known.
    farther.degrees === 0 ? suspected : spreadOut(farther, spread),
  );
  const within = learned.within > 0 ? learned.within : spread ** 2;
  return {
    spread: Math.sqrt(between),
    degrees: learned.degrees,
    groups: groups.map((group, index) => {
      const table = tables[index] ?? null;
      if (table === null) {
        // A few environments serve most: half of those counted.
        const serving = Math.max(1, group.environmentCount / 2);
        const variance = between / serving;
        return {
          count: group.environmentCount,
          shift: 0,
          variance,
          plainVariance: suspected / serving,
          certainVariance: 0,
        };
      }
      return effectOn(table, { between, plainBetween, within, certain: learned.certain });
    }),
  };
}

/** What was learned and what is presumed, each by what it is worth. */
function spreadOut({ variance, degrees, most }: Learned, spread: number): number {
  const presumed = Math.min(PRESUMED_SPREAD, spread) ** 2;
  const weight = degrees / (degrees + PRESUMED_WORTH);
  return weight * Math.max(0, variance) + (1 - weight) * Math.min(presumed, most);
}

interface Cell {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

type Served = readonly (readonly number[])[];

/** Returns the values of each environment; `null` where not every value has its environment. */
function byEnvironment(values: GroupedResiduals['values']): Served | null {
  const cells = new Map<number, number[]>();
  for (const { value, environment } of values) {
    if (environment === null) return null;
    const own = cells.get(environment);
    if (own === undefined) cells.set(environment, [value]);
    else own.push(value);
  }
  return [...cells.values()];
}

/** Tails are cut off where all values of a size lie, or where those of the same environment do. */
function tableOf(served: Served, reach: number, aroundOwn = false): readonly Cell[] {
  return served.map((all) => {
    const middle = aroundOwn ? takeMedian(Float64Array.from(all)) : 0;
    const own = all.map((value) => Math.max(middle - reach, Math.min(middle + reach, value)));
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { count: own.length, mean, squares };
  });
}

interface Learned {
  /** May be negative, where environments happen to look more alike than luck makes them. */
  readonly variance: number;
  readonly degrees: number;
  /** Variance of one value within its environment; 0 where unknown. */
  readonly within: number;
  /** What the variance may at most be: more would have shown. */
  readonly most: number;
  /** What is left of it when two standard errors of luck are taken away. */
  readonly certain: number;
}

/** Returns the moments of the one-way analysis of variance, of all sizes together. */
function varianceBetween(tables: readonly (readonly Cell[] | null)[]): Learned {
  let [between, within, degrees, withinDegrees, scale] = [0, 0, 0, 0, 0];
  for (const table of tables) {
    if (table === null) continue;
    const n = table.reduce((sum, { count }) => sum + count, 0);
    const mean = table.reduce((sum, cell) => sum + cell.mean * cell.count, 0) / n;
    between += table.reduce((sum, cell) => sum + cell.count * (cell.mean - mean) ** 2, 0);
    within += table.reduce((sum, { squares }) => sum + squares, 0);
    degrees += table.length - 1;
    withinDegrees += n - table.length;
    // What one unit of variance between environments adds to the sum of squares between them.
    scale += n - table.reduce((sum, { count }) => sum + count ** 2, 0) / n;
  }
  if (degrees === 0 || withinDegrees === 0) {
    return { variance: 0, degrees: 0, within: 0, most: Infinity, certain: 0 };
  }
  const ofOne = within / withinDegrees;
  const found = (between - degrees * ofOne) / scale;
  const luck = (ofOne * Math.sqrt(2 * degrees)) / scale;
  const certain = Math.max(0, found - 2 * luck);
  return { variance: found, degrees, within: ofOne, most: (2 * between) / scale, certain };
}

/** The mean over environments weighs each by what it is worth, and not by how often it happened to serve. */
function effectOn(
  table: readonly Cell[],
  {
    between,
    plainBetween,
    within,
    certain,
  }: Record<'between' | 'plainBetween' | 'within' | 'certain', number>,
): EnvironmentEffects['groups'][number] {
  const n = table.reduce((sum, { count }) => sum + count, 0);
  const weights = table.map(({ count }) => 1 / (between + within / count));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const plain = table.reduce((sum, { mean, count }) => sum + (count / n) * mean, 0);
  const weighed = table.reduce((sum, { mean }, index) => {
    return sum + ((weights[index] as number) / total) * mean;
  }, 0);
  const shareSquares = table.reduce((sum, { count }) => sum + (count / n) ** 2, 0);
  // Of the variance of the weighed mean, the part that comes on top of independent values.
  const variance = Math.min(between * shareSquares, Math.max(0, 1 / total - within / n));
  return {
    count: table.length,
    shift: weighed - plain,
    variance,
    plainVariance: plainBetween * shareSquares,
    certainVariance: certain * shareSquares,
  };
}
