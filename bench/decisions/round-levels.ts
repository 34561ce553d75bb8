import { standardNormal, type Random } from '../../src/contract/shared/random.ts';
import type { BenchFunction } from './bench-function.ts';

/** A burst lasts for this part of a round's invocations. */
const LASTS = 1 / 3;

/**
 * Draws what a round does to its invocations, in the order in which they are sent: a level of its own, with
 * a mean of 1 over rounds, and perhaps a burst.
 */
export function roundLevels(
  { stretches }: BenchFunction,
  random: Random,
  invocations: number,
): (index: number) => number {
  if (stretches === undefined) return () => 1;
  const { ofRound, burst } = stretches;
  const level = Math.exp(ofRound * standardNormal(random) - ofRound ** 2 / 2);
  if (burst === undefined || random() >= burst.share) return () => level;
  const from = Math.floor(random() * invocations * (1 - LASTS));
  const to = from + Math.ceil(invocations * LASTS);
  return (index) => (index >= from && index < to ? level * burst.times : level);
}
