import { fitProbability } from './decisions/fit-probability.ts';
import { printCalibration, statedBy, type Stated } from './decisions/calibration.ts';
import { coverageOf, printCoverage, type Covered } from './decisions/coverage.ts';
import { decisionFunctions } from './decisions/families.ts';
import { printPlanningTime } from './decisions/planning-time.ts';
import { printFamilies, printRegret, type Contestant } from './decisions/regret-table.ts';
import {
  decideAdaptively,
  decideEvenly,
  worksSomewhere,
  type GoalKind,
  type Judged,
} from './decisions/run-decisions.ts';
import { printTimeouts } from './decisions/run-timeouts.ts';

/**
 * How good decisions are, on functions whose truth is known: `npm run bench:decisions`, for one seed with
 * `-- --quick`, for one part of it with `-- --only regret|calibration|timeout|planning`. Results are in
 * docs/model.md.
 */
const isQuick = process.argv.includes('--quick');
const seeds = isQuick ? [1] : [1, 2, 3];
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1]
  : undefined;
const functions = decisionFunctions().filter(worksSomewhere);
const FRACTIONS = [0.1, 0.2, 0.3, 0.5];
/** Fixed counts, and seeds that nothing was tuned or fitted on, for calibration. */
const COUNTS = [3, 6, 12, 25];
/** For fitting core/recommend/stated-probability.ts, and for nothing else. */
const FITTING_SEEDS = isQuick ? [21] : [21, 22, 23];
const CALIBRATION_SEEDS = isQuick ? [11] : [11, 12, 13];

if (only === undefined || only === 'regret') {
  for (const seed of seeds)
    for (const kind of ['cheapest', 'best-value'] as const) judge(kind, seed);
}
if (only === undefined || only === 'calibration') calibrate(CALIBRATION_SEEDS);
if (only === undefined || only === 'timeout') printTimeouts(seeds);
if (only === undefined || only === 'planning') printPlanningTime();
if (only === 'fit') calibrate(FITTING_SEEDS);

function judge(kind: GoalKind, seed: number): void {
  const fifty = functions.map((bench) => decideEvenly(bench, kind, seed, 50));
  const ten = functions.map((bench) => decideEvenly(bench, kind, seed, 10));
  const peer: Contestant = { name: '50 each, trimmed', scores: fifty.map((each) => each.trimmed) };
  const own = functions.map((bench) => decideAdaptively(bench, kind, seed));
  const adaptive: Contestant = { name: 'adaptive', scores: own };
  const frontier = (kind === 'cheapest' ? FRACTIONS : []).map((fraction): Contestant => {
    const scores = functions.map((bench, index) => {
      const usd = fifty[index]?.trimmed.usd ?? 0;
      return decideAdaptively(bench, kind, seed, { maxUsd: fraction * usd });
    });
    return { name: `at most ${fraction} of the money`, scores };
  });
  const free: Contestant = {
    name: 'adaptive, sizes free',
    scores: functions.map((bench) => decideAdaptively(bench, kind, seed, { sizes: 'auto' })),
  };
  printRegret(`Goal ${kind}, seed ${seed}, ${functions.length} functions`, [
    peer,
    { name: '10 each, trimmed', scores: ten.map((each) => each.trimmed) },
    { name: '50 each, untrimmed', scores: fifty.map((each) => each.untrimmed) },
    adaptive,
    ...frontier,
    free,
  ]);
  printFamilies(`By family: ${kind}, seed ${seed}`, [peer, adaptive]);
}

function calibrate(runSeeds: readonly number[]): void {
  const stated: Stated[] = [];
  const covered: Covered[] = [];
  const note = (kind: GoalKind, judged: Judged): void => {
    stated.push(...statedBy(kind, judged));
    covered.push(...coverageOf(judged));
  };
  const byKind = new Map<string, Stated[]>();
  for (const seed of runSeeds) {
    for (const kind of ['cheapest', 'best-value', 'fastest'] as const) {
      const before = stated.length;
      for (const bench of functions) {
        note(kind, decideAdaptively(bench, kind, seed));
        for (const invocations of COUNTS) {
          note(kind, decideAdaptively(bench, kind, seed, { invocations, maxUsd: 1e6 }));
        }
      }
      byKind.set(kind, [...(byKind.get(kind) ?? []), ...stated.slice(before)]);
    }
    for (const bench of functions.filter((_, index) => index % 4 === 0)) {
      const many = decideAdaptively(bench, 'cheapest', seed, { invocations: 220, maxUsd: 1e6 });
      covered.push(...coverageOf(many));
    }
  }
  printCalibration('Stated probability of being within tolerance, all goals', stated);
  for (const [kind, own] of byKind) printCalibration(`Goal ${kind}`, own);
  if (only === 'fit') {
    for (const [kind, own] of byKind) console.log(kind, fitProbability(own));
    console.log('all', fitProbability(stated));
    return;
  }
  printCoverage('Coverage of 95 % intervals: mean duration / mean cost (sizes)', covered);
}
