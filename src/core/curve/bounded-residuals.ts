import { numbersOf, takeMedian } from '../statistics/numbers.ts';
import { cholesky, solveLower, solveUpper } from './cholesky.ts';
import { add, noGroups, noPeriods, takeOutGroups, type GroupEquations } from './free-groups.ts';
import { LEAST_SPREAD } from './locate-groups.ts';
import type { Period } from './time-periods.ts';

/** A residual in the two-way layout of groups and periods. */
export interface PlacedResidual {
  readonly value: number;
  readonly group: number;
  readonly period: number;
  /** Which environment served it; `null` where no log tells. */
  readonly environment: number | null;
}

/** Residuals further out than this many spreads count as being there. */
const REACH = 2;
/** How far a period may lie from the one before it while values are bounded: far, so that none is held back. */
const WIDEST_STEP = 0.3;
/** Weights hardly change after so many. */
const MOST_PASSES = 12;
const STANDS_STILL = 1e-4;

/**
 * Draws in what lies far from where its group and its period are (Huber's estimate, by reweighting), so that a
 * tail at one moment is no change of the machines. Distances are from group and period together: from its
 * group alone, every value of a period in which everything takes longer would be a tail.
 *
 * @param spread of one residual around its group, robust
 * @returns what counts in place of each residual, and the spread around group and period
 */
export function boundedResiduals(
  periods: readonly Period[],
  groups: number,
  spread: number,
): { readonly residuals: readonly PlacedResidual[]; readonly spread: number } {
  const placed = periods.flatMap(({ residuals }, period) =>
    residuals.map(({ value, group, environment }) => ({ value, group, period, environment })),
  );
  const shape = { groups, periods: periods.length };
  const telling = tellingPlaces(placed, groups);
  const distances = new Float64Array(placed.length);
  let weights = new Float64Array(placed.length).fill(1);
  let fitted = new Float64Array(placed.length);
  let own = spread;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const next = fitWeighted(placed, shape, weights, own);
    let change = 0;
    for (let index = 0; index < placed.length; index += 1) {
      const { value } = placed[index] as PlacedResidual;
      const at = next[index] as number;
      distances[index] = Math.abs(value - at);
      change = Math.max(change, Math.abs(at - (fitted[index] as number)));
    }
    fitted = next;
    const found = telling.degrees > 0 ? middleOf(distances, telling) : spread;
    own = Math.min(spread, Math.max(LEAST_SPREAD, found));
    if (change < STANDS_STILL) break;
    const reach = REACH * own;
    weights = distances.map((distance) => Math.min(1, reach / distance));
  }
  const reach = REACH * own;
  return {
    spread: own,
    residuals: placed.map(({ value, group, period, environment }, index) => {
      const at = fitted[index] as number;
      const bounded = at + Math.max(-reach, Math.min(reach, value - at));
      return { value: bounded, group, period, environment };
    }),
  };
}

/** Which residuals tell of the spread: a group of one value lies where that is. */
interface TellingPlaces {
  readonly places: readonly number[];
  /** How many of them groups and periods leave free; below 1 they leave none. */
  readonly degrees: number;
}

function tellingPlaces(placed: readonly PlacedResidual[], groups: number): TellingPlaces {
  const counts = new Int32Array(groups);
  for (const { group } of placed) counts[group] = (counts[group] as number) + 1;
  const places: number[] = [];
  const periods = new Set<number>();
  for (const [index, { group, period }] of placed.entries()) {
    if ((counts[group] as number) < 2) continue;
    places.push(index);
    periods.add(period);
  }
  const telling = counts.filter((count) => count > 1).length;
  return { places, degrees: places.length - telling - Math.max(0, periods.size - 1) };
}

/** Robust; groups and periods that follow their own values leave less than there was. */
function middleOf(distances: Float64Array, { places, degrees }: TellingPlaces): number {
  const few = Math.sqrt(places.length / degrees);
  return 1.4826 * few * takeMedian(numbersOf(places, (place) => distances[place] as number));
}

/** Weighted least squares: a free effect of each group, and of each period steps that may be wide. */
function fitWeighted(
  placed: readonly PlacedResidual[],
  shape: { readonly groups: number; readonly periods: number },
  weights: Float64Array,
  spread: number,
): Float64Array<ArrayBuffer> {
  const groups = noGroups(shape.groups, shape.periods);
  const periods = noPeriods(shape.periods);
  const ofStep = (spread / WIDEST_STEP) ** 2;
  for (const [p, row] of periods.information.entries()) {
    add(row, p, p + 1 < shape.periods ? 2 * ofStep : ofStep);
    if (p > 0) add(row, p - 1, -ofStep);
    if (p + 1 < shape.periods) add(row, p + 1, -ofStep);
  }
  for (const [index, { value, group, period }] of placed.entries()) {
    const weight = weights[index] as number;
    add(groups.inPeriods[group] as Float64Array, period, weight);
    add(groups.weights, group, weight);
    add(groups.sums, group, weight * value);
    add(periods.information[period] as Float64Array, period, weight);
    add(periods.sums, period, weight * value);
  }
  takeOutGroups(periods, groups);
  const lower = cholesky(periods.information);
  if (lower === null) return new Float64Array(placed.length);
  const levels = solveUpper(lower, solveLower(lower, periods.sums));
  const locations = locationsBeside(levels, groups);
  return numbersOf(placed, ({ group, period }) => {
    return (locations[group] as number) + (levels[period] as number);
  });
}

/** Returns where each group lies, once the periods are known. */
function locationsBeside(
  levels: Float64Array,
  { inPeriods, sums, weights }: GroupEquations,
): readonly number[] {
  return inPeriods.map((row, group) => {
    const weight = weights[group] as number;
    const level = levels.reduce((sum, each, p) => sum + each * (row[p] as number), 0);
    return weight === 0 ? 0 : ((sums[group] as number) - level) / weight;
  });
}
