import type { PlacedResidual } from './bounded-residuals.ts';
import { cholesky, solveLower, type Matrix } from './cholesky.ts';
import { add, noGroups, noPeriods, takeOutGroups, type PeriodEquations } from './free-groups.ts';

/** How many values the robust spread counts for, beside what is left when groups and periods are explained. */
const SPREAD_WORTH = 4;

/** Residuals of one group that one environment served, or one of them where nothing tells by which. */
interface Cluster {
  readonly group: number;
  readonly inPeriods: Map<number, number>;
  count: number;
  sum: number;
}

/** What does not depend on how alike the values of an environment are. */
export interface Table {
  readonly clusters: readonly Cluster[];
  readonly groups: number;
  readonly periods: number;
  /** How many residuals of each group each period holds: by group, then by period. */
  readonly counts: Matrix;
  /** Sum of each period. */
  readonly sums: Float64Array;
  readonly squares: number;
  /** Whether logs tell environments apart. */
  readonly tellsEnvironments: boolean;
}

export function tabulate(
  residuals: readonly PlacedResidual[],
  groups: number,
  periods: number,
): Table {
  const clusters: Cluster[] = [];
  const told = Array.from({ length: groups }, () => new Map<number, Cluster>());
  const counts = Array.from({ length: groups }, () => new Float64Array(periods));
  const sums = new Float64Array(periods);
  let squares = 0;
  for (const { value, group, period, environment } of residuals) {
    const known = told[group] as Map<number, Cluster>;
    let own = environment === null ? undefined : known.get(environment);
    if (own === undefined) {
      own = { group, inPeriods: new Map(), count: 0, sum: 0 };
      clusters.push(own);
      if (environment !== null) known.set(environment, own);
    }
    own.count += 1;
    own.sum += value;
    own.inPeriods.set(period, (own.inPeriods.get(period) ?? 0) + 1);
    add(counts[group] as Float64Array, period, 1);
    add(sums, period, value);
    squares += value * value;
  }
  return {
    clusters,
    groups,
    periods,
    counts,
    sums,
    squares,
    tellsEnvironments: clusters.length < residuals.length,
  };
}

/** The table where values of one environment share a part of their variance, and groups are free. */
export interface Layout extends PeriodEquations {
  /** Variance of one value, as what groups and periods leave shows it. */
  readonly variance: number;
  /** Logarithm of the likelihood, but for what periods explain. */
  readonly log: number;
}

/**
 * Generalised least squares with groups integrated out (REML: Patterson and Thompson 1971), in units of the
 * variance of one value. Periods are counted from the first one, which has no column.
 *
 * @param alike part of the variance of one value that all values of its environment share, from 0 to below 1
 * @param spread of one value, robust
 */
export function layOut(table: Table, alike: number, spread: number): Layout {
  const periods = noPeriods(table.periods);
  const groups = noGroups(table.groups, table.periods);
  const scale = 1 / (1 - alike);
  for (let p = 0; p < table.periods; p += 1)
    add(periods.sums, p, scale * (table.sums[p] as number));
  let squares = scale * table.squares;
  let logOfVariances = 0;
  let count = 0;
  for (const cluster of table.clusters) {
    const { group, count: n, sum } = cluster;
    const shared = alike / (1 - alike + alike * n);
    const worth = scale * (1 - shared * n);
    addCluster(periods, groups.inPeriods[group] as Float64Array, cluster, { scale, shared, worth });
    add(groups.sums, group, worth * sum);
    add(groups.weights, group, worth * n);
    squares -= scale * shared * sum * sum;
    logOfVariances += (n - 1) * Math.log(1 - alike) + Math.log(1 - alike + alike * n);
    count += n;
  }
  takeOutGroups(periods, groups);
  let seen = 0;
  for (const [group, weight] of groups.weights.entries()) {
    if (weight === 0) continue;
    seen += 1;
    logOfVariances += Math.log(weight);
    squares -= (groups.sums[group] as number) ** 2 / weight;
  }
  const information = periods.information.slice(1).map((row) => row.subarray(1));
  const sums = periods.sums.subarray(1);
  const degrees = count - seen - information.length;
  const variance = varianceOfOne({ information, sums }, squares, degrees, spread);
  const log = -(logOfVariances + (count - seen) * Math.log(variance) + squares / variance) / 2;
  return { information, sums, variance, log };
}

/** Of the inverse of (1 − alike)·I + alike·J, for the values of one environment. */
function addCluster(
  { information, sums }: PeriodEquations,
  ofGroup: Float64Array,
  { inPeriods, sum }: Cluster,
  { scale, shared, worth }: Record<'scale' | 'shared' | 'worth', number>,
): void {
  for (const [p, one] of inPeriods) {
    add(ofGroup, p, worth * one);
    const into = information[p] as Float64Array;
    add(into, p, scale * one);
    if (shared === 0) continue;
    add(sums, p, -scale * shared * one * sum);
    for (const [q, other] of inPeriods) add(into, q, -scale * shared * one * other);
  }
}

/** What is left of the squares where each group and each period is as it was seen. */
function varianceOfOne(
  { information, sums }: PeriodEquations,
  squares: number,
  degrees: number,
  spread: number,
): number {
  const lower = cholesky(
    information.map((row, i) => row.map((value, j) => value + (i === j ? 0.01 : 0))),
  );
  const explained =
    lower === null ? 0 : solveLower(lower, sums).reduce((sum, each) => sum + each * each, 0);
  const left = degrees > 0 ? Math.max(0, squares - explained) : 0;
  return (left + SPREAD_WORTH * spread ** 2) / (Math.max(0, degrees) + SPREAD_WORTH);
}

/** Which part of each group is of each period but the first, less the part of the run as a whole that is. */
export function sharesBesideRun({ counts, periods }: Table): Matrix {
  const all = new Float64Array(periods);
  for (const row of counts) for (const [period, count] of row.entries()) add(all, period, count);
  const total = sumOf(all);
  return counts.map((row) => {
    const own = sumOf(row);
    return row
      .map((count, period) => (own === 0 ? 0 : count / own - (all[period] as number) / total))
      .subarray(1);
  });
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
