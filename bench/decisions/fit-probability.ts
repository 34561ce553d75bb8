import { GOAL_KINDS } from '../../src/contract/tune/goal.ts';
import { logistic, logit, toleranceTerm } from '../../src/core/recommend/stated-probability.ts';
import type { BenchFunction } from './bench-function.ts';
import { statedOf, type Stated } from './calibration.ts';

/** Prints the numbers of core/recommend/stated-probability.ts. */
export function fitAll(functions: readonly BenchFunction[], seeds: readonly number[]): void {
  const all = statedOf(functions, seeds);
  for (const kind of GOAL_KINDS) {
    const own = all.filter((each) => each.question === 'serves-goal' && each.goal.kind === kind);
    console.log(kind, own.length, fitLine(own));
  }
  const goodEnough = all.filter(({ question }) => question === 'good-enough');
  console.log('good-enough', goodEnough.length, fitLine(goodEnough));
}

/**
 * Logistic regression of what came true on the logit of the share of draws (Platt 1999) and on the
 * tolerance, by Newton's method.
 */
export function fitLine(stated: readonly Stated[]): readonly number[] {
  // A little of the prior (shift 0, slope 1, no matter of the tolerance) keeps separable data finite.
  const prior = [0, 1, 0];
  let line = [...prior];
  for (let step = 0; step < 50; step += 1) {
    const gradient = line.map((value, index) => (prior[index] ?? 0) - value);
    const hessian = line.map((_, row) => line.map((__, column) => (row === column ? 1 : 0)));
    for (const { raw, goal, isTrue } of stated) {
      const terms = [1, logit(raw), toleranceTerm(goal)];
      const p = logistic(terms.reduce((sum, term, index) => sum + term * (line[index] ?? 0), 0));
      for (const [row, term] of terms.entries()) {
        gradient[row] = (gradient[row] ?? 0) + term * ((isTrue ? 1 : 0) - p);
        for (const [column, other] of terms.entries()) {
          const cells = hessian[row] as number[];
          cells[column] = (cells[column] ?? 0) + term * other * p * (1 - p);
        }
      }
    }
    const change = solve(hessian, gradient);
    line = line.map((value, index) => value + (change[index] ?? 0));
  }
  return line.map((value) => Math.round(value * 1000) / 1000);
}

/** Gauss and Jordan, for a small positive definite matrix. */
function solve(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): readonly number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (const [pivot, own] of rows.entries()) {
    const scale = own[pivot] ?? 1;
    for (let column = 0; column < own.length; column += 1) own[column] = (own[column] ?? 0) / scale;
    for (const [index, row] of rows.entries()) {
      if (index === pivot) continue;
      const times = row[pivot] ?? 0;
      for (let column = 0; column < row.length; column += 1) {
        row[column] = (row[column] ?? 0) - times * (own[column] ?? 0);
      }
    }
  }
  return rows.map((row) => row.at(-1) ?? 0);
}
