import type { Random } from '../../src/contract/shared/random.ts';

/** Parameters of bench functions, evenly spread, and evenly on a logarithmic scale. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

export function logBetween(random: Random, low: number, high: number): number {
  return low * (high / low) ** random();
}
