import { GOAL_KINDS, type Goal, type GoalKind } from '../../src/contract/tune/goal.ts';
import { choose } from '../../src/core/recommend/choose.ts';
import { meansOf, sharesOfDraws } from '../../src/core/recommend/confidence.ts';
import { eligible } from '../../src/core/recommend/eligible.ts';
import { isGoodEnough, servesGoal, type Question } from '../../src/core/recommend/serves-goal.ts';
import { sizeSamples } from '../../src/core/recommend/size-sample.ts';
import { mostStated, statedProbability } from '../../src/core/recommend/stated-probability.ts';
import { survey } from '../../src/core/recommend/survey.ts';
import type { BenchFunction } from './bench-function.ts';
import { COLD_SHARE, decideAdaptively, type Judged } from './run-decisions.ts';
import { meanOf, percent, printTable, shareOf } from './table.ts';
import { safest, truePoints, type TruePoint } from './truth.ts';

/** One share of draws, what would be stated of it, and what became of it. */
export interface Stated {
  readonly goal: Goal;
  readonly question: Question;
  /** Whether the run chose its sizes by itself. */
  readonly ownSizes: boolean;
  /** Invocations that the choice rests on. */
  readonly count: number;
  readonly raw: number;
  readonly stated: number;
  readonly isTrue: boolean;
}

const TOLERANCES = [0.02, 0.05, 0.1, 0.2];
/** Besides adaptive runs, fixed counts of every size. */
const COUNTS = [3, 6, 12, 25];

/** Everything that is stated of the chosen size, for every goal and tolerance. */
export function statedOf(
  functions: readonly BenchFunction[],
  seeds: readonly number[],
): readonly Stated[] {
  return seeds.flatMap((seed) =>
    functions.flatMap((bench) => [
      ...GOAL_KINDS.flatMap((kind) => statedBy(decideAdaptively(bench, kind, seed), [kind])),
      // What a run does that names no sizes: it adds those that may serve the goal best, so that more are close.
      ...GOAL_KINDS.flatMap((kind) =>
        statedBy(decideAdaptively(bench, kind, seed, { sizes: 'auto' }), [kind]),
      ),
      ...COUNTS.flatMap((invocations) =>
        statedBy(
          decideAdaptively(bench, 'cheapest', seed, { invocations, maxUsd: 1e6 }),
          GOAL_KINDS,
        ),
      ),
    ]),
  );
}

function statedBy({ run, bench }: Judged, kinds: readonly GoalKind[]): readonly Stated[] {
  const { request } = run;
  const samples = sizeSamples(request.observations, request);
  const { measured } = survey({ ...request, seed: request.input.seed }, samples);
  const { candidates } = eligible(measured, request.input, bench.present.timeoutSeconds);
  // Held against the sizes that the run chose from: of others nothing is stated.
  const truth = truePoints(
    bench,
    candidates.map(({ memoryMb }) => memoryMb),
    COLD_SHARE,
    request.input.measureTimeoutSeconds,
  );
  if (candidates.length < 2 || !truth.some(({ isSafe }) => isSafe)) return [];
  const sizes = candidates.map(({ estimate }) => estimate);
  return kinds.flatMap((kind) =>
    TOLERANCES.flatMap((tolerance) => {
      const goal: Goal = { kind, tolerance, weight: 0.5 };
      const index = choose(goal, sizes.map(meansOf));
      const memoryMb = sizes[index]?.memoryMb ?? 0;
      const questions: Question[] =
        kind === 'best-value' ? ['serves-goal', 'good-enough'] : ['serves-goal'];
      return questions.map((question) => {
        const raw = sharesOfDraws(goal, sizes, question)[index] ?? 0;
        const count = sizes[index]?.count ?? 0;
        const calibrated = statedProbability(goal, question, raw);
        // As `decide` states it.
        const stated =
          question === 'serves-goal' ? Math.min(calibrated, mostStated(count)) : calibrated;
        return {
          goal,
          question,
          ownSizes: request.input.memorySizes === 'auto',
          count,
          raw,
          stated,
          isTrue: isTrue(goal, question, truth, memoryMb),
        };
      });
    }),
  );
}

function isTrue(
  goal: Goal,
  question: Question,
  truth: readonly TruePoint[],
  memoryMb: number,
): boolean {
  const own = truth.find((point) => point.memoryMb === memoryMb);
  if (own === undefined) return false;
  const points = [own, ...safest(truth).filter((point) => point !== own)];
  const does =
    question === 'serves-goal'
      ? servesGoal(goal, points, goal.tolerance)
      : isGoodEnough(goal, points);
  return does[0] ?? false;
}

/** Tenths with fewer runs than this are printed, and not judged. */
const ENOUGH = 1000;

/** Reliability: in each tenth of the stated probability, how often it was true, by goal and tolerance. */
export function printCalibrations(
  functions: readonly BenchFunction[],
  seeds: readonly number[],
): void {
  const all = statedOf(functions, seeds);
  for (const question of ['serves-goal', 'good-enough'] as const) {
    for (const kind of question === 'serves-goal' ? GOAL_KINDS : (['best-value'] as const)) {
      const own = all.filter((each) => each.question === question && each.goal.kind === kind);
      const groups = TOLERANCES.map((tolerance) =>
        own.filter(({ goal }) => goal.tolerance === tolerance),
      );
      printTable(
        `Stated probability, ${question}, goal ${kind}: came true − stated (runs); * more than 3 points off where there are ${ENOUGH}`,
        ['stated', ...TOLERANCES.map((each) => percent(each, 0)), 'all tolerances'],
        Array.from({ length: 10 }, (_, tenth) => [
          `${tenth / 10}–${(tenth + 1) / 10}`,
          ...[...groups, own].map((group) => cellOf(group, tenth)),
        ]),
      );
    }
  }
}

function cellOf(group: readonly Stated[], tenth: number): string {
  const own = group.filter(({ stated }) => Math.min(9, Math.floor(stated * 10)) === tenth);
  if (own.length === 0) return '–';
  const off = shareOf(own, (each) => each.isTrue) - meanOf(own.map(({ stated }) => stated));
  const mark = own.length >= ENOUGH && Math.abs(off) > 0.03 ? '*' : '';
  return `${off >= 0 ? '+' : ''}${(off * 100).toFixed(1)}${mark} (${own.length})`;
}
