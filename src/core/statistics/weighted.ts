import { quantileOf } from './quantile.ts';

/** A value, and what it counts for beside the others. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** Returns the mean by weight; of equal weights the plain one. `null` without a value. */
export function weightedMean(values: readonly Weighted[]): number | null {
  if (values.length === 0) return null;
  const total = values.reduce((sum, { weight }) => sum + weight, 0);
  return values.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
}

/**
 * Returns a quantile by weight: straight lines between the values, each at the weight up to its middle. With
 * equal weights this is {@link quantileOf}.
 *
 * @param sorted ascending, at least one value
 */
export function weightedQuantile(sorted: readonly Weighted[], q: number): number {
  const [first] = sorted;
  if (first === undefined || sorted.every(({ weight }) => weight === first.weight)) {
    return quantileOf(
      sorted.map(({ value }) => value),
      q,
    );
  }
  const places: number[] = [0];
  for (const [index, { weight }] of sorted.slice(1).entries()) {
    const before = sorted[index]?.weight ?? 0;
    places.push((places[index] ?? 0) + (before + weight) / 2);
  }
  const wanted = q * (places.at(-1) ?? 0);
  const after = places.findIndex((place) => place >= wanted);
  const high = sorted[after]?.value ?? first.value;
  if (after <= 0) return high;
  const low = sorted[after - 1]?.value ?? high;
  const from = places[after - 1] ?? 0;
  const width = (places[after] ?? 0) - from;
  return width === 0 ? high : low + ((wanted - from) / width) * (high - low);
}

/** Tells how many values of equal weight tell as much (Kish 1965). */
export function effectiveCount(values: readonly Weighted[]): number {
  const total = values.reduce((sum, { weight }) => sum + weight, 0);
  const squares = values.reduce((sum, { weight }) => sum + weight * weight, 0);
  return squares === 0 ? 0 : (total * total) / squares;
}
