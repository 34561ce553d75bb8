import { coverageOf, type Covered } from './coverage.ts';
import { HARD_FAMILIES, HARD_NOISE, hardFunctions } from './hard-families.ts';
import { decideAdaptively } from './run-decisions.ts';
import { percent, printTable, shareOf } from './table.ts';

const COUNTS = [5, 10, 20, 50, 200];
/** A tail that only one size has, and a leak, are judged elsewhere. */
const FAMILIES = [...HARD_NOISE, ...HARD_FAMILIES].filter(
  ({ family }) => family !== 'tail at one size' && family !== 'leak',
);
const FUNCTIONS = 12;

/**
 * How often the 95 % intervals of mean duration and cost hold the truth, by the number of warm invocations
 * of each size: where log streams tell environments apart, and where they do not.
 */
export function printHardCoverage(seeds: readonly number[], isQuick: boolean): void {
  const functions = hardFunctions(FAMILIES, 6000, isQuick ? FUNCTIONS / 2 : FUNCTIONS);
  for (const tellsEnvironments of [true, false]) {
    const rows = FAMILIES.map(({ family }) => {
      const own = functions.filter((bench) => bench.family === family);
      const cells = COUNTS.map((invocations) => {
        const runs = seeds.flatMap((seed) =>
          own.map((bench) =>
            decideAdaptively(bench, 'cheapest', seed, {
              invocations,
              maxUsd: 1e6,
              tellsEnvironments,
            }),
          ),
        );
        return cellOf(
          runs.flatMap((run) => coverageOf(run)),
          runs.map(({ judged }) => judged.kind === 'recommended' && judged.warnings.some(isOfTail)),
        );
      });
      return [family, ...cells];
    });
    printTable(
      `Coverage of 95 % intervals, log streams ${tellsEnvironments ? 'read' : 'not read'}: duration / cost (share of runs warned of a tail)`,
      ['warm invocations', ...COUNTS.map(String)],
      rows,
    );
  }
}

function isOfTail({ code }: { readonly code: string }): boolean {
  return code === 'rare-slow-unseen' || code === 'outliers' || code === 'noisy';
}

function cellOf(covered: readonly Covered[], warned: readonly boolean[]): string {
  const duration = shareOf(covered, ({ holdsDuration }) => holdsDuration);
  const cost = shareOf(covered, ({ holdsCost }) => holdsCost);
  const said = shareOf(warned, (each) => each);
  return `${percent(duration, 1)} / ${percent(cost, 1)} (${percent(said, 0)})`;
}
