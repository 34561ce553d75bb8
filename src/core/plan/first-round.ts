import { invocationCostUsd } from '../cost/invocation-cost.ts';
import { PLAN_RULES } from './plan-rules.ts';
import type { PlanRequest } from './plan-request.ts';

/** The first round may be expected to take this much of all money. */
const MOST_SHARE_OF_MONEY = 0.6;

/**
 * Tells how often to invoke each size in the first round. Some of the invocations will be cold: they run side
 * by side, over all sizes together, so a size gets its share of environments. Long invocations are few: what
 * four short ones tell, two long ones do (their noise is smaller, their price is not).
 */
export function firstCount(request: PlanRequest, memorySizes: readonly number[]): number {
  const { input, target, prices, ephemeralStorageMb } = request;
  const allowance = Math.ceil(input.concurrency / memorySizes.length);
  const known = longestSeen(request);
  // A target with a long timeout is not tried: it may well use it.
  const countOf = (ms: number): number => {
    const { length } = input.payloads;
    const count = countByLength(ms, allowance);
    // Each payload is to be seen on an environment that is warm.
    return length < 2 ? count : Math.max(count, length + allowance);
  };
  if (known === null) return countOf(guessedMs(target.timeoutSeconds));
  // Work bound by the CPU takes that much longer on less memory, and nothing is known to take more.
  const longest = (memoryMb: number): number =>
    Math.min(
      known.durationMs * Math.max(1, known.memoryMb / memoryMb),
      input.measureTimeoutSeconds * 1000,
    );
  const usd = memorySizes.reduce(
    (sum, memoryMb) =>
      sum +
      invocationCostUsd(prices, { billedMs: longest(memoryMb), memoryMb, ephemeralStorageMb }),
    0,
  );
  const leftUsd = Math.max(0, input.maxUsd - request.spentUsd);
  const affordable = Math.floor((leftUsd * MOST_SHARE_OF_MONEY) / usd);
  const typicalMs = longest(Math.max(...memorySizes.filter((size) => size <= known.memoryMb), 0));
  return Math.max(1, Math.min(countOf(typicalMs), affordable));
}

/** Returns the trial; where none was made, the longest invocation of the rounds before. */
function longestSeen({ trial, observations }: PlanRequest): {
  readonly memoryMb: number;
  readonly durationMs: number;
} | null {
  let longest: { readonly memoryMb: number; readonly durationMs: number } | null = null;
  for (const { memoryMb, durationMs } of trial ? [trial] : observations) {
    if (durationMs !== null && durationMs > (longest?.durationMs ?? 0)) {
      longest = { memoryMb, durationMs };
    }
  }
  return longest;
}

function guessedMs(timeoutSeconds: number): number {
  return timeoutSeconds <= 60 ? 0 : (timeoutSeconds * 1000) / 3;
}

function countByLength(ms: number, allowance: number): number {
  if (ms < 10_000) return PLAN_RULES.firstWarm + allowance;
  if (ms < 60_000) return 3 + allowance;
  return ms < 300_000 ? 2 + Math.min(1, allowance) : 2;
}
