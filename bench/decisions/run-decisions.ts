import type { Goal, GoalKind, Limits } from '../../src/contract/tune/goal.ts';
import { recommend, type Recommendation } from '../../src/core/recommend/recommend.ts';
import { baselineChoice } from './baselines.ts';
import type { BenchFunction } from './bench-function.ts';
import { settledInput } from './settled-input.ts';
import { simulateRun, type SimulatedRun } from './simulate.ts';
import { isGoodValue, pricesFor, regretOf, truePoints, type TruePoint } from './truth.ts';

/** The sizes that everybody chooses among. */
export const CANDIDATES: readonly number[] = [128, 256, 512, 1024, 1769, 3008];
export const COLD_SHARE = 0.01;

/** How one way of deciding did on one function. */
export interface Score {
  readonly bench: BenchFunction;
  readonly memoryMb: number | null;
  readonly regret: number;
  readonly isGoodValue: boolean;
  readonly usd: number;
  readonly invocations: number;
  readonly rounds: number;
  readonly longestPlanMs: number;
}

export interface Judged extends Score {
  readonly judged: Recommendation;
  readonly truth: readonly TruePoint[];
  readonly run: SimulatedRun;
}

export type { GoalKind };

export function goalOf(kind: GoalKind): Goal {
  return { kind, tolerance: 0.05, weight: 0.5 };
}

/** Plan, Measure and Recommend as they are, over the candidates or over sizes of Plan's own choice. */
export function decideAdaptively(
  bench: BenchFunction,
  kind: GoalKind,
  seed: number,
  options: {
    readonly maxUsd?: number;
    readonly sizes?: readonly number[] | 'auto';
    readonly invocations?: number | 'auto';
    readonly tolerance?: number;
    readonly limits?: Limits;
    readonly tellsEnvironments?: boolean;
  } = {},
): Judged {
  const sizes = options.sizes ?? CANDIDATES;
  const input = settledInput(bench, {
    goal: { kind, ...(options.tolerance === undefined ? {} : { tolerance: options.tolerance }) },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    seed,
    memorySizes: sizes === 'auto' ? 'auto' : [...sizes],
    invocations: options.invocations ?? 'auto',
    // Else sizes that do not fit the present timeout are left out, whatever the goal says of them.
    apply: { timeout: true },
    ...(options.maxUsd === undefined ? {} : { maxUsd: options.maxUsd }),
  });
  const measureUsd = options.maxUsd === undefined ? input.maxUsd : 1e6;
  const run = simulateRun(bench, input, seed, measureUsd, options.tellsEnvironments ?? true);
  const { variants, observations, prices, ephemeralStorageMb } = run.request;
  const judged = recommend({
    input,
    target: bench.present,
    variants,
    observations,
    prices,
    ephemeralStorageMb,
    seed,
  });
  const memoryMb = judged.kind === 'recommended' ? judged.memoryMb : null;
  const truth = truePoints(
    bench,
    sizes === 'auto' ? gridWith(memoryMb) : sizes,
    COLD_SHARE,
    input.measureTimeoutSeconds,
  );
  return { ...scoreOf(bench, kind, truth, memoryMb, run), judged, truth, run };
}

/** Every size the same number of times, and what the baselines make of it. */
export function decideEvenly(
  bench: BenchFunction,
  kind: GoalKind,
  seed: number,
  count: number,
): { readonly trimmed: Score; readonly untrimmed: Score } {
  const input = settledInput(bench, {
    goal: { kind },
    seed,
    memorySizes: [...CANDIDATES],
    invocations: count,
    maxUsd: 1e6,
  });
  const run = simulateRun(bench, input, seed);
  const truth = truePoints(bench, CANDIDATES, COLD_SHARE, input.measureTimeoutSeconds);
  const score = (trim: number): Score => {
    const prices = pricesFor(bench);
    const memoryMb = baselineChoice(goalOf(kind), run.request.observations, prices, trim);
    return scoreOf(bench, kind, truth, memoryMb, run);
  };
  return { trimmed: score(0.2), untrimmed: score(0) };
}

function scoreOf(
  bench: BenchFunction,
  kind: GoalKind,
  truth: readonly TruePoint[],
  memoryMb: number | null,
  run: SimulatedRun,
): Score {
  return {
    bench,
    memoryMb,
    regret: regretOf(goalOf(kind), truth, memoryMb),
    isGoodValue: isGoodValue(truth, memoryMb),
    usd: run.usd,
    invocations: run.invocations,
    rounds: run.rounds,
    longestPlanMs: run.longestPlanMs,
  };
}

/** Whether the size to change to truly costs more than the present one, and is not faster either. */
export function isMoreExpensiveAndNotFaster({ bench, judged, truth }: Judged): boolean {
  if (judged.kind !== 'recommended' || judged.verdict !== 'change') return false;
  const now = truth.find(({ memoryMb }) => memoryMb === bench.present.memoryMb);
  const next = truth.find(({ memoryMb }) => memoryMb === judged.memoryMb);
  if (now === undefined || next === undefined) return false;
  return next.costUsd > now.costUsd && next.durationMs >= now.durationMs;
}

/** A fine grid for the truth where sizes are open, 2 % apart, with the chosen one in it. */
function gridWith(memoryMb: number | null): readonly number[] {
  const sizes = new Set(memoryMb === null ? [] : [memoryMb]);
  for (let size = 128; size < 10_240; size *= 1.02) sizes.add(Math.round(size));
  return [...sizes, 10_240].toSorted((a, b) => a - b);
}

/** Functions that work at none of the candidate sizes tell nothing about choosing among them. */
export function worksSomewhere(bench: BenchFunction): boolean {
  const { measureTimeoutSeconds } = settledInput(bench, {});
  return truePoints(bench, CANDIDATES, COLD_SHARE, measureTimeoutSeconds).length > 0;
}
