import { printCalibrations } from './calibration.ts';
import { coverageOf, printCoverage } from './coverage.ts';
import { printPaired, type Pair } from './paired-table.ts';
import { decideAdaptively, decideEvenly, type GoalKind } from './run-decisions.ts';
import { unlikeFunctions } from './unlike-noise.ts';

const FUNCTIONS = 24;
const QUICK_FUNCTIONS = 6;
const COUNTS = [5, 10, 20, 50];

/** Decisions, intervals and probabilities where each size has noise of its own, which the model does not assume. */
export function printUnlike(seeds: readonly number[], isQuick: boolean): void {
  const functions = unlikeFunctions(isQuick ? QUICK_FUNCTIONS : FUNCTIONS);
  const families = [...new Set(functions.map(({ family }) => family))];
  const judge = (kind: GoalKind): readonly Pair[] =>
    seeds.flatMap((seed) =>
      functions.map((bench) => ({
        own: decideAdaptively(bench, kind, seed),
        peer: decideEvenly(bench, kind, seed, 50).trimmed,
      })),
    );
  for (const kind of ['cheapest', 'best-value'] as const) {
    const pairs = judge(kind);
    printPaired(`Noise of each size its own, goal ${kind}, seeds ${seeds.join(', ')}`, [
      { name: 'all', pairs },
      ...families.map((family) => ({
        name: family,
        pairs: pairs.filter(({ own }) => own.bench.family === family),
      })),
    ]);
  }
  const fixed = COUNTS.flatMap((invocations) =>
    seeds.flatMap((seed) =>
      functions.flatMap((bench) =>
        coverageOf(decideAdaptively(bench, 'cheapest', seed, { invocations, maxUsd: 1e6 })),
      ),
    ),
  );
  printCoverage(
    `Noise of each size its own: ${COUNTS.join(', ')} invocations of every size`,
    fixed,
  );
  printCalibrations(functions, seeds);
}
