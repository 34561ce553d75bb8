import type { Goal } from '../../src/contract/tune/goal.ts';
import { invocationCostUsd } from '../../src/core/cost/invocation-cost.ts';
import { pricesOf, type Prices } from '../../src/core/cost/prices.ts';
import { losses } from '../../src/core/recommend/losses.ts';
import { seededRandom } from '../../src/contract/shared/random.ts';
import type { BenchFunction } from './bench-function.ts';

/** What a size truly takes and costs. */
export interface TruePoint {
  readonly memoryMb: number;
  readonly durationMs: number;
  readonly warmUsd: number;
  /** With cold starts at their share. */
  readonly costUsd: number;
  /** Whether its invocations end well within the timeout and its memory; else some, or many, may not. */
  readonly isSafe: boolean;
}

/** Everything in the bench is in this region. */
export const REGION = 'eu-west-1';

export function pricesFor({ architecture }: BenchFunction): Prices {
  return pricesOf(REGION, architecture);
}

/** Draws for the share of a millisecond that rounding up adds; it is bounded, so few suffice. */
const DRAWS = 4000;

/**
 * The truth of the sizes that can work: enough memory, and a typical first run in a new environment that
 * ends within the timeout.
 */
export function truePoints(
  bench: BenchFunction,
  sizes: readonly number[],
  coldShare: number,
  timeoutSeconds: number,
): readonly TruePoint[] {
  const prices = pricesFor(bench);
  return sizes
    .filter((memoryMb) => memoryMb >= bench.needsMb)
    .filter((memoryMb) => longestMs(bench, memoryMb) < timeoutSeconds * 1000)
    .map((memoryMb) => {
      const durationMs = bench.meanMs(memoryMb);
      const usd = (billedMs: number): number =>
        invocationCostUsd(prices, { billedMs, memoryMb, ephemeralStorageMb: 512 });
      const warmUsd = usd(durationMs + meanRoundingMs(bench, memoryMb, durationMs));
      const coldUsd = usd(bench.cold.initMs + bench.cold.handlerFactor * durationMs + 0.5);
      return {
        memoryMb,
        durationMs,
        warmUsd,
        costUsd: (1 - coldShare) * warmUsd + coldShare * coldUsd,
        isSafe:
          longestMs(bench, memoryMb) * 1.4 < timeoutSeconds * 1000 &&
          // One payload away from running out of memory is no choice, however cheap.
          bench.usesMb <= 0.9 * memoryMb,
      };
    });
}

function longestMs(bench: BenchFunction, memoryMb: number): number {
  return bench.meanMs(memoryMb) * Math.max(1, bench.cold.handlerFactor);
}

function meanRoundingMs(bench: BenchFunction, memoryMb: number, meanMs: number): number {
  const random = seededRandom(5, memoryMb);
  const noise = bench.noiseAt(memoryMb);
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const ms = meanMs * noise(random);
    sum += Math.ceil(ms) - ms;
  }
  return sum / DRAWS;
}

/**
 * By which fraction a size falls short of the best safe one under the goal (for best-value by what it costs
 * beyond the tolerance and what it is slower than the fastest within it, with a margin); 1 where it does not work at
 * all, 0 where none does.
 */
export function regretOf(
  goal: Goal,
  points: readonly TruePoint[],
  memoryMb: number | null,
): number {
  if (points.length === 0) return 0;
  const own = points.find((point) => point.memoryMb === memoryMb);
  if (own === undefined) return 1;
  const others = safest(points).filter((point) => point !== own);
  return losses(goal, [own, ...others])[0] ?? 1;
}

export function safest(points: readonly TruePoint[]): readonly TruePoint[] {
  const safe = points.filter(({ isSafe }) => isSafe);
  return safe.length > 0 ? safe : points;
}

/**
 * Whether a size is good value by the benchmark's standard: at most 8 % more expensive than the cheapest, and
 * within 5 % as fast as the fastest size that costs at most 2 % more than the cheapest.
 */
export function isGoodValue(points: readonly TruePoint[], memoryMb: number | null): boolean {
  if (points.length === 0) return true;
  const own = points.find((point) => point.memoryMb === memoryMb);
  if (own === undefined) return false;
  const safe = own.isSafe ? safest(points) : points;
  const cheapest = Math.min(...safe.map(({ costUsd }) => costUsd));
  const reference = Math.min(
    ...safe.filter(({ costUsd }) => costUsd <= cheapest * 1.02).map(({ durationMs }) => durationMs),
  );
  return own.costUsd <= cheapest * 1.08 && own.durationMs <= reference * 1.05;
}
