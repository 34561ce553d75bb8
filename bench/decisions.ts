import { fitAll } from './decisions/fit-probability.ts';
import { printCalibrations } from './decisions/calibration.ts';
import { decisionFunctions, fittingFunctions } from './decisions/families.ts';
import { printPaired, type Pair } from './decisions/paired-table.ts';
import { printPlanningTime } from './decisions/planning-time.ts';
import { printFamilies, printRegret, type Contestant } from './decisions/regret-table.ts';
import { printHardCoverage } from './decisions/run-coverage.ts';
import { printLeaks } from './decisions/run-leaks.ts';
import {
  decideAdaptively,
  decideEvenly,
  worksSomewhere,
  type GoalKind,
} from './decisions/run-decisions.ts';
import { roundFunctions } from './decisions/round-families.ts';
import { printShown } from './decisions/run-shown.ts';
import { printRounds } from './decisions/run-rounds.ts';
import { printLimits } from './decisions/run-limits.ts';
import { printTimeouts } from './decisions/run-timeouts.ts';
import { printUnlike } from './decisions/run-unlike.ts';

/**
 * How good decisions are, on functions whose truth is known: `npm run bench:decisions`; in a minute or two
 * with `-- --quick`; without the frontier of what more or less money buys with `-- --paired`; one part of it with
 * `-- --only regret|leaks|shown|coverage|rounds|calibration|limits|unlike|timeout|planning|fit`; on the functions that things are
 * fitted on with `-- --fitting`. Results are in docs/model.md.
 */
const isQuick = process.argv.includes('--quick');
const isFitting = process.argv.includes('--fitting');
const only = valueOf('--only');
const named = valueOf('--seeds')?.split(',').map(Number);
const seeds = named ?? (isQuick ? [1] : [1, 2, 3]);
const all = isFitting ? fittingFunctions() : decisionFunctions();
/** A leak is no matter of which size is best. */
const functions = all.filter(worksSomewhere).filter((_, index) => !isQuick || index % 3 === 0);
const choosing = functions.filter(({ family }) => family !== 'leak');
const FRACTIONS = [0.1, 0.2, 0.3, 0.5];

const goal = valueOf('--goal');
const goals = (['cheapest', 'best-value'] as const).filter((kind) => (goal ?? kind) === kind);

const runs = (part: string): boolean => only === undefined || only === part;

if (runs('regret')) {
  const judged = goals.map((kind) => ({
    kind,
    pairs: seeds.flatMap((seed) => judge(kind, seed)),
  }));
  for (const { kind, pairs } of judged) {
    printPaired(`Goal ${kind}, seeds ${seeds.join(', ')}`, [
      { name: 'all', pairs },
      ...[...new Set(pairs.map(({ own }) => own.bench.family))].map((family) => ({
        name: family,
        pairs: pairs.filter(({ own }) => own.bench.family === family),
      })),
    ]);
  }
}
if (runs('leaks')) printLeaks();
if (runs('shown')) printShown(choosing, isQuick ? [1] : [1, 2, 3]);
if (runs('coverage')) printHardCoverage(seeds, isQuick, isFitting);
if (runs('rounds')) printRounds(seeds, isQuick, isFitting);
if (runs('limits')) printLimits(seeds, isQuick);
if (runs('calibration')) {
  const onRounds = roundFunctions(7000, isQuick ? 6 : 16);
  printCalibrations([...choosing, ...onRounds], named ?? (isQuick ? [11] : [11, 12, 13]));
}
if (runs('unlike')) printUnlike(seeds, isQuick);
if (runs('timeout')) printTimeouts(seeds);
if (runs('planning')) printPlanningTime();
if (only === 'fit') {
  // On functions and seeds that nothing is judged on.
  fitAll(
    [
      ...fittingFunctions()
        .filter(worksSomewhere)
        .filter(({ family }) => family !== 'leak'),
      ...roundFunctions(8000, 16),
    ],
    named ?? (isQuick ? [21] : [21, 22]),
  );
}

function judge(kind: GoalKind, seed: number): readonly Pair[] {
  const fifty = choosing.map((bench) => decideEvenly(bench, kind, seed, 50));
  const own = choosing.map((bench) => decideAdaptively(bench, kind, seed));
  const pairs = own.flatMap((each, index) => {
    const peer = fifty[index]?.trimmed;
    return peer === undefined ? [] : [{ own: each, peer }];
  });
  if (isQuick || process.argv.includes('--paired')) return pairs;
  const ten = choosing.map((bench) => decideEvenly(bench, kind, seed, 10));
  const peer: Contestant = { name: '50 each, trimmed', scores: fifty.map((each) => each.trimmed) };
  const adaptive: Contestant = { name: 'adaptive', scores: own };
  const frontier = (kind === 'cheapest' ? FRACTIONS : []).map((fraction): Contestant => {
    const scores = choosing.map((bench, index) => {
      const usd = fifty[index]?.trimmed.usd ?? 0;
      return decideAdaptively(bench, kind, seed, { maxUsd: fraction * usd });
    });
    return { name: `at most ${fraction} of the money`, scores };
  });
  printRegret(`Goal ${kind}, seed ${seed}, ${choosing.length} functions`, [
    peer,
    { name: '10 each, trimmed', scores: ten.map((each) => each.trimmed) },
    { name: '50 each, untrimmed', scores: fifty.map((each) => each.untrimmed) },
    adaptive,
    ...frontier,
  ]);
  printFamilies(`By family: ${kind}, seed ${seed}`, [peer, adaptive]);
  return pairs;
}

function valueOf(option: string): string | undefined {
  const at = process.argv.indexOf(option);
  return at === -1 ? undefined : process.argv[at + 1];
}
