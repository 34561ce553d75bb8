/**
 * How good the check is, on invented durations of known truth: false alarms, catches, and what they
 * cost, beside a fixed 50 + 50 with Mann–Whitney at 0.05 and no minimum effect. Default settings.
 *
 * npm run bench:check -- [--quick] [--only errors] [--seed 1]
 */
import { seededRandom } from '../src/contract/shared/random.ts';
import { measuredShapes, shapesWithCv, type Shape } from './check/noise.ts';
import {
  fixedMannWhitney,
  simulateCheck,
  type Scenario,
  type Simulated,
} from './check/simulate.ts';

const quick = process.argv.includes('--quick');
const onlyErrors = process.argv[process.argv.indexOf('--only') + 1] === 'errors';
const seedAt = process.argv.indexOf('--seed');
const SEED = seedAt < 0 ? 1 : Number(process.argv[seedAt + 1]);
const CHECKS = quick ? 200 : 2000;

interface Row {
  readonly name: string;
  readonly alarms: number;
  readonly inconclusive: number;
  readonly invocations: readonly number[];
  readonly fixedAlarms: number;
  readonly checks: number;
}

let stream = 0;

function run(name: string, scenario: Scenario): Row {
  const random = seededRandom(SEED, ++stream);
  const invocations: number[] = [];
  let alarms = 0;
  let inconclusive = 0;
  let fixedAlarms = 0;
  for (let check = 0; check < CHECKS; check += 1) {
    const simulated = simulateCheck(scenario, random);
    invocations.push(simulated.invocations);
    if (simulated.verdict === 'fail') alarms += 1;
    if (simulated.verdict === 'inconclusive') inconclusive += 1;
    if (!scenario.stored && fixedMannWhitney(scenario, random)) fixedAlarms += 1;
  }
  return { name, alarms, inconclusive, invocations, fixedAlarms, checks: CHECKS };
}

function print(title: string, rows: readonly Row[], withFixed = true): void {
  console.log(`\n${title}`);
  console.log(
    `${'noise'.padEnd(36)} ${'alarms'.padStart(8)} ${'open'.padStart(8)} ${'median n'.padStart(9)} ${'p95 n'.padStart(7)}${withFixed ? `  ${'50+50 MW'.padStart(9)}` : ''}`,
  );
  const total: Row = {
    name: 'all together',
    alarms: sum(rows.map((row) => row.alarms)),
    inconclusive: sum(rows.map((row) => row.inconclusive)),
    invocations: rows.flatMap((row) => row.invocations),
    fixedAlarms: sum(rows.map((row) => row.fixedAlarms)),
    checks: sum(rows.map((row) => row.checks)),
  };
  for (const row of rows.length > 1 ? [...rows, total] : rows) {
    const share = (count: number): string => `${((100 * count) / row.checks).toFixed(2)} %`;
    const sorted = [...row.invocations].sort((a, b) => a - b);
    const at = (p: number): number => sorted[Math.floor(p * (sorted.length - 1))] ?? 0;
    console.log(
      `${row.name.padEnd(36)} ${share(row.alarms).padStart(8)} ${share(row.inconclusive).padStart(8)} ${String(at(0.5)).padStart(9)} ${String(at(0.95)).padStart(7)}${withFixed ? `  ${share(row.fixedAlarms).padStart(9)}` : ''}`,
    );
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const together = { drift: 0, stored: false, mostEnvironments: 1000 };
/** A quiet function, whose checks end early, and a noisy one, whose checks see many invocations. */
const errorShapes = [...measuredShapes().slice(0, 1), ...measuredShapes().slice(-1)];
const rowsOf = (shapes: readonly Shape[], rest: Omit<Scenario, 'shape'>): readonly Row[] =>
  shapes.map((shape) => run(`${shape.name} (cv ${shape.cv})`, { shape, ...rest }));

/** Whether the rows on durations are wanted. */
const durations = !onlyErrors;

console.log(`${CHECKS} checks a row, seed ${SEED}; alarms: the check fails; open: inconclusive`);
for (const environmentSpread of durations ? [0, 0.02, 0.05] : []) {
  print(
    `A against A, environments differ by ${environmentSpread * 100} % (wanted: at most 1 %)`,
    rowsOf(measuredShapes(), { change: 0, environmentSpread, ...together }),
  );
}
if (durations) {
  print(
    'A against A, environments differ by 5 %, only 4 environments a side (wanted: at most 1 %)',
    rowsOf(measuredShapes(), {
      change: 0,
      environmentSpread: 0.05,
      ...together,
      mostEnvironments: 4,
    }),
  );
}
const caught = [
  [0.1, 0.1],
  [0.25, 0.3],
] as const;
for (const [change, cv] of durations ? caught : []) {
  for (const environmentSpread of [0, 0.02, 0.05]) {
    print(
      `+${change * 100} % with ${cv * 100} % noise, environments differ by ${environmentSpread * 100} % (wanted: at least 95 %)`,
      rowsOf(shapesWithCv(cv), { change, environmentSpread, ...together }),
    );
  }
}
printErrors();
for (const drift of durations ? [0.02, 0.05] : []) {
  for (const change of [0, 0.1, 0.25]) {
    print(
      `Stored baseline, drift of ${drift * 100} % from run to run, change +${change * 100} %`,
      rowsOf(shapesWithCv(0.1), {
        change,
        environmentSpread: 0.02,
        drift,
        stored: true,
        mostEnvironments: 1000,
      }),
      false,
    );
  }
}

/** What fails among the base's invocations, and how many more of the head's do. */
function printErrors(): void {
  console.log(
    '\nHeads that fail more often (wanted: equal rates at most 1 %, +20 points at least 95 %)',
  );
  console.log(
    `${'base'.padEnd(6)} ${'head'.padEnd(6)} ${'alike'.padEnd(6)} ${'errors regressed'.padStart(17)} ${'check fails'.padStart(12)} ${'median n'.padStart(9)} ${'p95 n'.padStart(7)}`,
  );
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  for (const alike of [0, 0.1]) {
    for (const base of [0, 0.02]) {
      for (const more of [0, 0.01, 0.05, 0.2, 0.5]) {
        const errors = { base, head: base + more, alike };
        const all = errorShapes.flatMap((shape) => runErrors({ shape, errors }));
        const sorted = all.map(({ invocations }) => invocations).sort((a, b) => a - b);
        const at = (p: number): number => sorted[Math.floor(p * (sorted.length - 1))] ?? 0;
        const share = (count: number): string => `${((100 * count) / all.length).toFixed(2)} %`;
        const regressed = all.filter(({ failed }) => failed.includes('errors')).length;
        const failing = all.filter(({ verdict }) => verdict === 'fail').length;
        console.log(
          `${percent(base).padEnd(6)} ${percent(base + more).padEnd(6)} ${alike.toFixed(1).padEnd(6)} ${share(regressed).padStart(17)} ${share(failing).padStart(12)} ${String(at(0.5)).padStart(9)} ${String(at(0.95)).padStart(7)}`,
        );
      }
    }
  }
}

function runErrors({ shape, errors }: Pick<Scenario, 'shape' | 'errors'>): readonly Simulated[] {
  const random = seededRandom(SEED, ++stream);
  const scenario = { shape, change: 0, environmentSpread: 0.02, ...together };
  return Array.from({ length: CHECKS / errorShapes.length }, () =>
    simulateCheck(errors === undefined ? scenario : { ...scenario, errors }, random),
  );
}
