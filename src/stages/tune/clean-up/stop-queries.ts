import type { Deps } from '../../../contract/shared/deps.ts';
import type { StageInput } from '../../../contract/tune/stages.ts';
import { isQueryOf } from '../../../core/history/query-mark.ts';
import { orElse } from '../../target/or-else.ts';

export type StopQueriesDeps = Pick<Deps, 'listQueriesUnderWay' | 'stopQuery'>;

/**
 * Stops the queries of production's logs that the run has left under way: one that nobody reads is paid for all
 * the same. A run that was stopped tells of none, so they are found by the run's mark in their text. They are
 * bounded by their estimate and end by themselves, so nothing fails for one that cannot be found or stopped.
 */
export async function stopQueries(
  { run, target, history }: StageInput<'CleanUp'>,
  deps: StopQueriesDeps,
): Promise<void> {
  const isKnownToBeOver = target !== null && (history?.asking ?? null) === null;
  if (isKnownToBeOver) return;
  const listed = await orElse(deps.listQueriesUnderWay(), []);
  const marked = listed.filter(({ text }) => isQueryOf(run.id, text)).map(({ queryId }) => queryId);
  const asked =
    history?.asking === undefined || history.asking === null ? [] : [history.asking.queryId];
  for (const queryId of new Set([...marked, ...asked])) {
    await orElse(deps.stopQuery(queryId), undefined);
  }
}
