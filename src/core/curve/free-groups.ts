import type { Matrix } from './cholesky.ts';

/** Normal equations of the periods: what is known of each, and of each two together; and their weighed sums. */
export interface PeriodEquations {
  readonly information: Matrix;
  readonly sums: Float64Array;
}

/** What each group has to do with the periods. */
export interface GroupEquations {
  /** Weight of each group's values in each period: by group, then by period. */
  readonly inPeriods: Matrix;
  /** Weighed sum of each group's values, and their weight. */
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}

export function noPeriods(periods: number): PeriodEquations {
  const information = Array.from({ length: periods }, () => new Float64Array(periods));
  return { information, sums: new Float64Array(periods) };
}

export function noGroups(groups: number, periods: number): GroupEquations {
  return {
    inPeriods: Array.from({ length: groups }, () => new Float64Array(periods)),
    sums: new Float64Array(groups),
    weights: new Float64Array(groups),
  };
}

export function add(into: Float64Array, index: number, value: number): void {
  into[index] = (into[index] as number) + value;
}

/**
 * Takes from the equations of the periods what the groups explain, each of which may lie anywhere: only
 * groups of several periods tell periods apart.
 *
 * @param periods is changed in place
 */
export function takeOutGroups(periods: PeriodEquations, groups: GroupEquations): void {
  for (const [group, row] of groups.inPeriods.entries()) {
    const weight = groups.weights[group] as number;
    if (weight === 0) continue;
    for (let p = 0; p < row.length; p += 1) {
      const part = (row[p] as number) / weight;
      if (part === 0) continue;
      add(periods.sums, p, -part * (groups.sums[group] as number));
      const into = periods.information[p] as Float64Array;
      for (let q = 0; q < row.length; q += 1) add(into, q, -part * (row[q] as number));
    }
  }
}
