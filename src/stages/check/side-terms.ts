import type { MeasuredSide } from '../../contract/check/check-stages.ts';
import { pricesOf } from '../../core/cost/prices.ts';
import { mostUsd, type SpendingTerms } from '../../core/measure/spending.ts';

/** What decides the price of an invocation of a side. */
export function sideTerms({ facts, timeoutSeconds }: MeasuredSide): SpendingTerms {
  const { key, ephemeralStorageMb } = facts;
  return {
    prices: pricesOf(key.region, key.architecture, ephemeralStorageMb),
    ephemeralStorageMb,
    timeoutSeconds,
  };
}

/** The most that one invocation of a side can cost. */
export function mostUsdOfSide(side: MeasuredSide): number {
  return mostUsd(side.facts.key.memoryMb, sideTerms(side));
}
