/** A mean of values that come in groups, each group sharing an effect of its own. */
export interface ClusteredMean {
  readonly mean: number;
  readonly standardError: number;
  /** Effective number of groups less one: unequal groups count for fewer. */
  readonly degrees: number;
}

/**
 * Returns the mean of all values, with the standard error that the differences between groups imply (the
 * linearised variance of cluster sampling: Cochran, Sampling Techniques, 1977, 9A). It never falls below the
 * standard error of independent values: groups of few values can look alike by luck.
 *
 * @param groups of each value; `null` where they are not known, then values count as independent
 */
export function clusteredMean(
  values: readonly number[],
  groups: readonly number[] | null,
): ClusteredMean {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const independent = n < 2 ? 0 : squares / (n - 1) / n;
  if (groups === null) return { mean, standardError: Math.sqrt(independent), degrees: n - 1 };
  const sums = new Map<number, { count: number; deviation: number }>();
  for (const [index, value] of values.entries()) {
    const group = groups[index] ?? 0;
    const sum = sums.get(group) ?? { count: 0, deviation: 0 };
    sum.count += 1;
    sum.deviation += value - mean;
    sums.set(group, sum);
  }
  const k = sums.size;
  let between = 0;
  let countSquares = 0;
  for (const { count, deviation } of sums.values()) {
    between += deviation ** 2;
    countSquares += count ** 2;
  }
  const clustered = k < 2 ? Infinity : ((k / (k - 1)) * between) / n ** 2;
  return {
    mean,
    standardError: Math.sqrt(Math.max(clustered, independent)),
    degrees: n ** 2 / countSquares - 1,
  };
}
