import { invocationCostUsd } from '../cost/invocation-cost.ts';
import type { PlanRequest } from './plan-request.ts';

/** Warm invocations of a size in the first round, where nothing speaks against it. */
const FIRST_WARM = 8;
/** One invocation may be expected to take this much of all money. */
const MOST_SHARE_OF_MONEY = 0.3;

/**
 * How often to invoke a size in the first round. Some of the invocations will be cold: they run side
 * by side, over all sizes together, so a size gets its share of environments and one more by bad luck.
 * Long invocations are few: what eight short ones tell, three long ones do (their noise is smaller,
 * their price is not).
 */
export function firstCount(request: PlanRequest, memoryMb: number, sizes: number): number {
  const { input, trial, target, prices, ephemeralStorageMb } = request;
  const allowance = Math.ceil(input.concurrency / sizes) + 1;
  const wanted = FIRST_WARM + allowance;
  if (trial?.durationMs === null || trial?.durationMs === undefined) return wanted;
  // Work bound by the CPU takes that much longer on less memory, and nothing is known to take more.
  const slower = Math.max(1, target.memoryMb / memoryMb);
  const longestMs = Math.min(trial.durationMs * slower, input.measureTimeoutSeconds * 1000);
  const usd = invocationCostUsd(prices, { billedMs: longestMs, memoryMb, ephemeralStorageMb });
  const affordable = Math.floor((input.maxUsd * MOST_SHARE_OF_MONEY) / (usd * sizes));
  return Math.max(1, Math.min(countByLength(longestMs, allowance), affordable));
}

function countByLength(ms: number, allowance: number): number {
  if (ms < 10_000) return FIRST_WARM + allowance;
  if (ms < 60_000) return 4 + allowance;
  return ms < 300_000 ? 3 + Math.min(1, allowance) : 3;
}
