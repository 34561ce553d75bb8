import { seededRandom, shuffled, weightedIndex } from '../../contract/shared/random.ts';

export type SideName = 'base' | 'head';

/** One invocation to make: the `index`-th of its side. */
export interface SideInvocation {
  readonly side: SideName;
  readonly index: number;
}

/** Keeps the draws of payloads apart from those of orders. */
const PAYLOAD_STREAM = 1_000_000;

/**
 * A block of invocations, as many of each side, in an order of its own: whatever drifts, and whoever
 * comes first, hits both sides alike.
 */
export function sideBlock(
  sides: readonly SideName[],
  options: { readonly from: number; readonly perSide: number; readonly seed: number },
): readonly SideInvocation[] {
  const { from, perSide, seed } = options;
  const block = Array.from({ length: perSide }, (_, offset) =>
    sides.map((side) => ({ side, index: from + offset })),
  ).flat();
  return shuffled(block, seededRandom(seed, from));
}

/** Which payload the `index`-th invocation gets, of either side: both get the same ones. */
export function payloadAt(index: number, weights: readonly number[], seed: number): number {
  return weights.length < 2
    ? 0
    : weightedIndex(weights, seededRandom(seed, PAYLOAD_STREAM + index));
}
