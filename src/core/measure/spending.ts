import type { Architecture } from '../../contract/shared/function-configuration.ts';
import type { Observation } from '../../contract/shared/observation.ts';
import type { LostSlices, Spent } from '../../contract/tune/state.ts';
import { gbSecondsOf, invocationCostUsd, worstCaseUsd } from '../cost/invocation-cost.ts';
import { pricesOf, type Prices } from '../cost/prices.ts';

/** What decides the price of an invocation besides what it used. */
export interface SpendingTerms {
  readonly prices: Prices;
  readonly ephemeralStorageMb: number;
  /** The timeout of the versions that are measured. */
  readonly timeoutSeconds: number;
}

/** What a target's price depends on. */
export interface PricedTarget {
  readonly region: string;
  readonly architecture: Architecture;
  readonly ephemeralStorageMb: number;
}

/** @param timeoutSeconds of the versions that are measured */
export function spendingTerms(target: PricedTarget, timeoutSeconds: number): SpendingTerms {
  const { region, architecture, ephemeralStorageMb } = target;
  const prices = pricesOf(region, architecture, ephemeralStorageMb);
  return { prices, ephemeralStorageMb, timeoutSeconds };
}

/** Tells what the invocations so far have cost: each as billed, those without a log at their worst case. */
export function sumSpent(
  observations: readonly Observation[],
  lost: LostSlices,
  terms: SpendingTerms,
): Spent {
  let gbSeconds = 0;
  let usd = lost.usd;
  for (const observation of observations) {
    const billedMs = observation.billedMs ?? terms.timeoutSeconds * 1000;
    gbSeconds += gbSecondsOf({ billedMs, memoryMb: observation.memoryMb });
    usd += observationUsd(observation, terms);
  }
  return { invocations: observations.length + lost.invocations, gbSeconds, usd };
}

/** Returns the true cost of one observation, or the worst case where its log is missing. */
export function observationUsd(observation: Observation, terms: SpendingTerms): number {
  const { memoryMb, billedMs } = observation;
  return billedMs === null
    ? mostUsd(memoryMb, terms)
    : invocationCostUsd(terms.prices, {
        billedMs,
        memoryMb,
        ephemeralStorageMb: terms.ephemeralStorageMb,
      });
}

/** Returns the most that one invocation can cost: it runs into its timeout, after the longest billed init. */
export function mostUsd(memoryMb: number, terms: SpendingTerms): number {
  return worstCaseUsd(terms.prices, {
    timeoutSeconds: terms.timeoutSeconds,
    memoryMb,
    ephemeralStorageMb: terms.ephemeralStorageMb,
  });
}
