import type { Slice } from '../../contract/tune/state.ts';
import type { ScheduledInvocation } from './schedule.ts';
import { mostUsd, type SpendingTerms } from './spending.ts';

/** The most invocations of one slice: what is lost, and charged in full, when Measure dies on it. */
export const MAX_SLICE = 500;

/**
 * Returns the next slice of a round's schedule: as many invocations as the budget holds even if each runs
 * into its timeout. `null` when the schedule is done or not even one more is affordable.
 *
 * @param made what was made already, ahead of the schedule: it costs nothing more
 */
export function nextSlice(
  invocations: readonly ScheduledInvocation[],
  from: number,
  budgetUsd: number,
  terms: SpendingTerms,
  made: readonly number[] = [],
): Slice | null {
  const known = new Set(made);
  let to = from;
  let worstCaseUsd = 0;
  for (const { memoryMb } of invocations.slice(from, from + MAX_SLICE)) {
    const most = known.has(to) ? 0 : mostUsd(memoryMb, terms);
    if (worstCaseUsd + most > budgetUsd) break;
    worstCaseUsd += most;
    to += 1;
  }
  return to === from
    ? null
    : { from, to, worstCaseUsd, made: made.filter((index) => index >= from) };
}
