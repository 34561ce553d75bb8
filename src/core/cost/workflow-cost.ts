import type { Architecture } from '../../contract/shared/function-configuration.ts';
import { gbSecondsOf } from './invocation-cost.ts';
import { pricesOf } from './prices.ts';

/** A function of the deployed workflow, as it is billed. */
export interface OwnFunction {
  readonly memoryMb: number;
  readonly architecture: Architecture;
  readonly region: string;
}

/** What the functions of the workflow have used and cost. */
export interface StageCost {
  readonly gbSeconds: number;
  readonly usd: number;
}

/**
 * Returns the most that the functions of the workflow's stages cost in so many seconds of a run: they work
 * one after the other, and none has more memory than Measure. Waits of the workflow and the time between two
 * stages count as if one were at work; requests, 0.2 USD a million, are left out.
 */
export function stageCost(own: OwnFunction, seconds: number): StageCost {
  const gbSeconds = gbSecondsOf({ billedMs: seconds * 1000, memoryMb: own.memoryMb });
  return { gbSeconds, usd: gbSeconds * pricesOf(own.region, own.architecture).usdPerGbSecond };
}
