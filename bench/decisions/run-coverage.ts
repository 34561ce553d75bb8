import { coverageOf, type Covered } from './coverage.ts';
import { HARD_FAMILIES, HARD_NOISE, hardFunctions } from './hard-families.ts';
import { lognormal } from './noise.ts';
import { decideAdaptively, type Judged } from './run-decisions.ts';
import { percent, printTable, quantile, shareOf } from './table.ts';

const COUNTS = [5, 10, 20, 50, 200];
/** A tail that only one size has, and a leak, are judged elsewhere. */
const FAMILIES = [
  ...[...HARD_NOISE, ...HARD_FAMILIES].filter(
    ({ family }) => family !== 'tail at one size' && family !== 'leak',
  ),
  { family: 'lognormal 30 %', make: () => ({ noiseAt: () => lognormal(0.3) }) },
];
/** Where the seeds of functions to judge by begin, and of those that things were chosen on. */
const JUDGED_FROM = 6000;
const FITTING_FROM = 6500;
const FUNCTIONS = 40;
const QUICK_FUNCTIONS = 6;

/**
 * How often the 95 % intervals of mean duration and cost hold the truth, by the number of warm invocations
 * of each size: where log streams tell environments apart, and where they do not. How wide they are, and
 * which warnings stand beside intervals that miss.
 */
export function printHardCoverage(
  seeds: readonly number[],
  isQuick: boolean,
  isFitting: boolean,
): void {
  const count = isQuick ? QUICK_FUNCTIONS : FUNCTIONS;
  const functions = hardFunctions(FAMILIES, isFitting ? FITTING_FROM : JUDGED_FROM, count);
  for (const tellsEnvironments of [true, false]) {
    const rows = FAMILIES.map(({ family }) => {
      const own = functions.filter((bench) => bench.family === family);
      const cells = COUNTS.map((invocations) =>
        cellOf(
          seeds.flatMap((seed) =>
            own.map((bench) =>
              runOf(
                decideAdaptively(bench, 'cheapest', seed, {
                  invocations,
                  maxUsd: 1e6,
                  tellsEnvironments,
                }),
              ),
            ),
          ),
        ),
      );
      return [family, ...cells];
    });
    printTable(
      `Coverage of 95 % intervals, log streams ${tellsEnvironments ? 'read' : 'not read'}: duration / cost ± median half-width (intervals that miss beside a warning of a tail of those that miss; runs called heavy-tailed)`,
      ['warm invocations', ...COUNTS.map(String)],
      rows,
    );
  }
}

interface CoveredRun {
  readonly covered: readonly Covered[];
  readonly warnings: readonly string[];
}

function runOf(run: Judged): CoveredRun {
  const { judged } = run;
  const warnings = judged.kind === 'recommended' ? judged.warnings.map(({ code }) => code) : [];
  return { covered: coverageOf(run), warnings };
}

const OF_TAIL: ReadonlySet<string> = new Set([
  'rare-slow-unseen',
  'outliers',
  'noisy',
  'heavy-tail',
]);

function cellOf(runs: readonly CoveredRun[]): string {
  const sizes = runs.flatMap(({ covered, warnings }) =>
    covered.map((each) => ({ ...each, isWarned: warnings.some((code) => OF_TAIL.has(code)) })),
  );
  const duration = shareOf(sizes, ({ holdsDuration }) => holdsDuration);
  const cost = shareOf(sizes, ({ holdsCost }) => holdsCost);
  const missed = sizes.filter(({ holdsDuration, holdsCost }) => !holdsDuration || !holdsCost);
  const warned = missed.filter(({ isWarned }) => isWarned).length;
  const heavy = shareOf(runs, ({ warnings }) => warnings.includes('heavy-tail'));
  const halfWidth = quantile(
    sizes.map((each) => each.halfWidth),
    0.5,
  );
  return `${percent(duration, 0)} / ${percent(cost, 0)} ± ${percent(halfWidth, 1)} (${warned} of ${missed.length}; ${percent(heavy, 0)})`;
}
