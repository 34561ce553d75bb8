import type { Observation } from '../../contract/shared/observation.ts';
import { costUsdPerMillion } from '../cost/invocation-cost.ts';
import type { Prices } from '../cost/prices.ts';

/** One row of the peer's `stats`. */
export interface PeerStat {
  /** Memory in MB. */
  readonly value: number;
  /** USD per invocation, without the request: what the peer calls cost. */
  readonly averagePrice: number;
  /** Milliseconds, init and restore included. */
  readonly averageDuration: number;
}

/**
 * Tells what aws-lambda-power-tuning would say about the same observations (version 4.4, lambda/utils.js),
 * but for its defects: nothing is rounded up after it was averaged, duration and price are trimmed by the
 * same invocations' share, failed invocations are left out, and prices are the region's.
 *
 * @param trim share of invocations left out at each end, as `discardTopBottom`
 */
export function peerStats(
  observations: readonly Observation[],
  trim: number,
  prices: Prices,
): readonly PeerStat[] {
  const sizes = [...new Set(observations.map(({ memoryMb }) => memoryMb))].sort((a, b) => a - b);
  return sizes.flatMap((memoryMb) => {
    const own = observations.filter((each) => each.memoryMb === memoryMb && each.outcome === 'ok');
    const durations = own.map((each) => (each.durationMs ?? 0) + (each.initMs ?? 0));
    const billed = own.map((each) => each.billedMs ?? 0);
    if (own.length === 0) return [];
    const computeOnly = { ...prices, usdPerRequest: 0, ephemeralUsdPerGbSecond: 0 };
    const billedMs = trimmedMean(billed, trim);
    return [
      {
        value: memoryMb,
        averagePrice:
          costUsdPerMillion(computeOnly, { billedMs, memoryMb, ephemeralStorageMb: 0 }) / 1e6,
        averageDuration: trimmedMean(durations, trim),
      },
    ];
  });
}

/** The mean of what is left when a share is cut off at each end. */
function trimmedMean(values: readonly number[], trim: number): number {
  const cut = Math.trunc(values.length * trim);
  const kept = values.toSorted((a, b) => a - b).slice(cut, values.length - cut);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}
