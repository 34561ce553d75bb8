import type { Limits } from '../../contract/tune/goal.ts';
import { betaCdf } from '../statistics/beta-distribution.ts';
import { effectiveCount, type Weighted } from '../statistics/weighted.ts';
import type { Belief } from './beliefs.ts';

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/**
 * Tells how probable it is that a size keeps to every limit: the least of the probabilities of each. Means
 * and costs by the drawn curves; quantiles by how many invocations were within the limit, with Jeffreys'
 * prior (Brown, Cai and DasGupta 2001), invocations of one environment counting for fewer as far as they are
 * alike. `max` is about what was seen, and was either kept or not.
 *
 * @param durations in milliseconds, that were seen at the size
 */
export function limitProbability(
  limits: Limits | undefined,
  belief: Belief,
  durations: readonly Weighted[],
): number {
  if (limits === undefined) return 1;
  const { durationMs: ofDuration, costUsdPerMillion } = limits;
  const probabilities: number[] = [];
  if (ofDuration?.mean !== undefined) {
    probabilities.push(shareUpTo(belief.draws.durationMs, ofDuration.mean));
  }
  if (costUsdPerMillion !== undefined) {
    probabilities.push(shareUpTo(belief.draws.costUsd, costUsdPerMillion / 1e6));
  }
  for (const [name, q] of Object.entries(QUANTILES)) {
    const limit = ofDuration?.[name as keyof typeof QUANTILES];
    if (limit !== undefined)
      probabilities.push(quantileWithin(durations, q, limit, belief.effectiveShare));
  }
  const most = ofDuration?.max;
  if (most !== undefined) probabilities.push(durations.every(({ value }) => value <= most) ? 1 : 0);
  return Math.min(1, ...probabilities);
}

function shareUpTo(draws: Float64Array, limit: number): number {
  return draws.reduce((count, draw) => (draw <= limit ? count + 1 : count), 0) / draws.length;
}

/** Probability that at least a share q of all invocations is within the limit. */
function quantileWithin(
  durations: readonly Weighted[],
  q: number,
  limit: number,
  effectiveShare: number,
): number {
  const sum = (of: readonly Weighted[]): number =>
    of.reduce((total, { weight }) => total + weight, 0);
  const count = effectiveCount(durations);
  const share =
    count === 0 ? 0 : sum(durations.filter(({ value }) => value <= limit)) / sum(durations);
  const within = count * share;
  const beyond = count - within;
  return 1 - betaCdf(q, effectiveShare * within + 0.5, effectiveShare * beyond + 0.5);
}
