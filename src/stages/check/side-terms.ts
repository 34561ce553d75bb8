import type { MeasuredSide } from '../../contract/check/check-stages.ts';
import { mostUsd, spendingTerms, type SpendingTerms } from '../../core/measure/spending.ts';

/** Tells what decides the price of an invocation of a side. */
export function sideTerms({ facts, timeoutSeconds }: MeasuredSide): SpendingTerms {
  return spendingTerms(
    { ...facts.key, ephemeralStorageMb: facts.ephemeralStorageMb },
    timeoutSeconds,
  );
}

/** Returns the most that one invocation of a side can cost. */
export function mostUsdOfSide(side: MeasuredSide): number {
  return mostUsd(side.facts.key.memoryMb, sideTerms(side));
}
