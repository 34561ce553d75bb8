import { seededRandom, shuffle } from '../../contract/shared/random.ts';

export type SideName = 'base' | 'head';

/** One invocation to make: the `index`-th of its side. */
export interface SideInvocation {
  readonly side: SideName;
  readonly index: number;
}

/**
 * Returns a block of invocations, as many of each side, in an order of its own: whatever drifts, and whoever
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
  return shuffle(block, seededRandom(seed, from));
}

/**
 * Returns the payloads of the first `count` invocations of a side, in their order; both sides get the same
 * ones, and more invocations begin with the same. Each payload comes at even distances by its weight, from a
 * place of its own in the first of them: after so many invocations it has its share to within one, and one of
 * 1 % is among the first hundred.
 */
export function sidePayloads(
  count: number,
  weights: readonly number[],
  seed: number,
): readonly number[] {
  if (weights.length < 2) return new Array<number>(count).fill(0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const random = seededRandom(seed, 'payloads');
  const draws = weights.flatMap((weight, payload) => {
    const share = weight / total;
    const offset = random();
    const most = Math.min(count, Math.ceil(count * share) + weights.length);
    return Array.from({ length: most }, (_, turn) => ({ payload, at: (turn + offset) / share }));
  });
  return draws
    .toSorted((a, b) => a.at - b.at || a.payload - b.payload)
    .slice(0, count)
    .map(({ payload }) => payload);
}
