import { FREE_EPHEMERAL_STORAGE_MB, type Prices } from './prices.ts';

/** Lambda ends an init phase after 10 s and runs it again as part of the invocation, under its timeout. */
const MAX_INIT_SECONDS = 10;

/** What the cost of an invocation depends on, besides prices. */
export interface BilledInvocation {
  /** As in the platform log: whole milliseconds, init and restore already in it. */
  readonly billedMs: number;
  /** Configured, not used. */
  readonly memoryMb: number;
  readonly ephemeralStorageMb: number;
}

/** Memory held for the time billed, in AWS's GB of 1024 MB: the unit that Lambda bills. */
export function gbSecondsOf(invocation: Pick<BilledInvocation, 'billedMs' | 'memoryMb'>): number {
  return (invocation.billedMs / 1000) * (invocation.memoryMb / 1024);
}

/**
 * Tells what one invocation costs: duration, ephemeral storage above 512 MB and the request
 * (aws.amazon.com/lambda/pricing, 2026-11), and its share of provisioned concurrency where the prices hold
 * one. Left out: data transfer, logs, SnapStart's cache and restores, response streaming.
 */
export function invocationCostUsd(prices: Prices, invocation: BilledInvocation): number {
  const chargedStorageMb = Math.max(0, invocation.ephemeralStorageMb - FREE_EPHEMERAL_STORAGE_MB);
  const storageGbSeconds = gbSecondsOf({
    billedMs: invocation.billedMs,
    memoryMb: chargedStorageMb,
  });
  return (
    gbSecondsOf(invocation) * prices.usdPerGbSecond +
    storageGbSeconds * prices.ephemeralUsdPerGbSecond +
    (invocation.memoryMb / 1024) * (prices.usdPerGb ?? 0) +
    prices.usdPerRequest
  );
}

/** Tells what a million such invocations cost. */
export function costUsdPerMillion(prices: Prices, invocation: BilledInvocation): number {
  return invocationCostUsd(prices, invocation) * 1e6;
}

/** Returns the most that one invocation can cost: init for as long as it may take, then until the timeout. */
export function worstCaseUsd(
  prices: Prices,
  invocation: Omit<BilledInvocation, 'billedMs'> & { readonly timeoutSeconds: number },
): number {
  return invocationCostUsd(prices, {
    ...invocation,
    billedMs: (invocation.timeoutSeconds + MAX_INIT_SECONDS) * 1000,
  });
}
