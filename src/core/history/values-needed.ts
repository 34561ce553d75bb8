import type { HistoryRow } from '../../contract/history/history.ts';
import { timeoutRuleSchema } from '../../contract/tune/input.ts';
import { fewestForTail } from '../timeout/tail-fit.ts';
import { upperBoundRank } from '../timeout/upper-bound-rank.ts';

/** Above it a second look at a group is not worth what it scans. */
const MOST_INVOCATIONS = 10_000;
const { quantile, confidence } = timeoutRuleSchema.parse({});

/**
 * The log groups whose durations are wanted one by one. A timeout from few invocations is read from a tail that is
 * fitted to them, after a test for a second hump. In buckets of 2 % that test does not see what a narrow
 * distribution does: of such functions, 3 in 100 would get a timeout below the one from the values.
 */
export function valuesNeeded(rows: readonly HistoryRow[]): ReadonlySet<string> {
  const invocations = new Map<string, number>();
  const warm = new Map<string, { readonly logGroup: string; readonly count: number }>();
  for (const { logGroup, owner, memoryMb, cold, outcome, count } of rows) {
    invocations.set(logGroup, (invocations.get(logGroup) ?? 0) + count);
    if (cold || (outcome !== 'ok' && outcome !== 'untold')) continue;
    const key = [logGroup, owner, memoryMb].join('\u0000');
    warm.set(key, { logGroup, count: (warm.get(key)?.count ?? 0) + count });
  }
  const fewest = fewestForTail(quantile, confidence);
  const needed = [...warm.values()].filter(
    ({ logGroup, count }) =>
      count >= fewest &&
      upperBoundRank(count, quantile, confidence) === null &&
      (invocations.get(logGroup) ?? 0) <= MOST_INVOCATIONS,
  );
  return new Set(needed.map(({ logGroup }) => logGroup));
}
