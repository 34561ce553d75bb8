/** The mean of one group and how far it may be off. */
export interface GroupMean {
  readonly mean: number;
  readonly variance: number;
}

/** Groups brought together as far as they are alike. */
export interface PooledGroups {
  /**
   * Each group's mean, drawn to the common one as far as its own is uncertain. `ownVariance` leaves out
   * what the common mean may be off: that is the same for all, and decides nothing between them.
   */
  readonly groups: readonly (GroupMean & { readonly ownVariance: number })[];
  /** What holds for a group that was not seen. */
  readonly common: GroupMean;
}

/**
 * Random effects: groups scatter around a common mean by a variance of their own (DerSimonian and Laird
 * 1986, by moments), and each is estimated by its own mean and the common one, weighed by what they are
 * worth (the empirical Bayes estimate). A group with many values keeps its own mean.
 *
 * @param groups at least one
 * @param leastBetween the least variance between groups, however alike they look
 */
export function pooledGroups(groups: readonly GroupMean[], leastBetween: number): PooledGroups {
  const fixed = weightedMean(groups, 0);
  const spread = groups.reduce(
    (sum, { mean, variance }) => sum + (mean - fixed.mean) ** 2 / variance,
    0,
  );
  const weights = groups.map(({ variance }) => 1 / variance);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  const scale = total - squares / total;
  const found = scale > 0 ? (spread - (groups.length - 1)) / scale : 0;
  const between = Math.max(leastBetween, found);
  const common = weightedMean(groups, between);
  return {
    common: { mean: common.mean, variance: common.variance + between },
    groups: groups.map(({ mean, variance }) => {
      const share = between / (between + variance);
      return {
        mean: share * mean + (1 - share) * common.mean,
        variance: share * variance + (1 - share) ** 2 * common.variance,
        ownVariance: share * variance,
      };
    }),
  };
}

function weightedMean(groups: readonly GroupMean[], between: number): GroupMean {
  const total = groups.reduce((sum, { variance }) => sum + 1 / (variance + between), 0);
  const mean =
    groups.reduce((sum, group) => sum + group.mean / (group.variance + between), 0) / total;
  return { mean, variance: 1 / total };
}
