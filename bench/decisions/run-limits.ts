import { seededRandom } from '../../src/contract/shared/random.ts';
import type { BenchFunction } from './bench-function.ts';
import { HARD_FAMILIES, HARD_NOISE, hardFunctions } from './hard-families.ts';
import { CANDIDATES, decideAdaptively } from './run-decisions.ts';
import { percent, printTable, quantile, shareOf } from './table.ts';

const NAMES = ['environments alike', 'lognormal σ 1', 'Pareto 1.5'];
const FAMILIES = [...HARD_NOISE, ...HARD_FAMILIES].filter(
  ({ family }) => NAMES.includes(family) || family.startsWith('hump'),
);
const DRAWS = 20_000;

/**
 * Limits on the p95 that hardly any size keeps: how often a run is sure of a size that breaks them. The
 * limit lies just below the true p95 of one of the sizes, so that one or the other is nearly in.
 */
export function printLimits(seeds: readonly number[], isQuick: boolean): void {
  const functions = hardFunctions(FAMILIES, 7000, isQuick ? 6 : 12);
  const rows = FAMILIES.map(({ family }) => {
    const outcomes = functions
      .filter((bench) => bench.family === family)
      .flatMap((bench) => outcomesOf(bench, seeds));
    const sure = outcomes.filter(({ isSure }) => isSure);
    return [
      family,
      String(outcomes.length),
      percent(sure.length / outcomes.length, 0),
      percent(
        shareOf(sure, ({ isBroken }) => isBroken),
        1,
      ),
      percent(
        shareOf(outcomes, ({ isBroken, isSure }) => isBroken && isSure),
        1,
      ),
    ];
  });
  printTable(
    'Limits on the p95, 2 % and 10 % below the true one of a size',
    ['', 'runs', 'sure', 'sure and broken, of those sure', 'of all'],
    rows,
  );
}

function outcomesOf(
  bench: BenchFunction,
  seeds: readonly number[],
): readonly { readonly isSure: boolean; readonly isBroken: boolean }[] {
  const trueP95 = new Map(CANDIDATES.map((memoryMb) => [memoryMb, p95Of(bench, memoryMb)]));
  return seeds.flatMap((seed) =>
    [0.98, 0.9].flatMap((part, index) => {
      const at = CANDIDATES[(seed + index) % CANDIDATES.length] ?? 512;
      const p95 = (trueP95.get(at) ?? 0) * part;
      const run = decideAdaptively(bench, 'cheapest', seed, { limits: { durationMs: { p95 } } });
      const { judged } = run;
      const chosen = judged.kind === 'recommended' ? judged.memoryMb : null;
      const isSure = judged.kind === 'recommended' && judged.verdict !== 'inconclusive';
      return [{ isSure, isBroken: isSure && (trueP95.get(chosen ?? 0) ?? 0) > p95 }];
    }),
  );
}

function p95Of(bench: BenchFunction, memoryMb: number): number {
  const random = seededRandom(9, memoryMb);
  const noise = bench.noiseAt(memoryMb);
  const draws = Array.from({ length: DRAWS }, () => noise(random));
  return bench.meanMs(memoryMb) * quantile(draws, 0.95);
}
