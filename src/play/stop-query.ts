import type { Deps } from '../contract/shared/deps.ts';
import type { StageInput, StageName } from '../contract/tune/stages.ts';
import { orElse } from '../stages/target/or-else.ts';
import type { SeenStages } from './stage-tasks.ts';

/**
 * Stops the query of production's logs that a run had under way when it was ended: one that nobody reads is paid
 * for all the same. Where it has ended by itself AWS refuses that, and a query that could not be stopped changes
 * nothing else.
 */
export async function stopQueryUnderWay(
  seen: SeenStages<StageName>,
  { stopQuery }: Pick<Deps, 'stopQuery'>,
): Promise<void> {
  const call = seen.get('ReadHistory');
  // A call that was cut off leaves what it was about.
  const told = (call?.output ?? call?.input) as
    Pick<StageInput<'ReadHistory'>, 'history'> | undefined;
  const queryId = told?.history?.asking?.queryId;
  if (queryId !== undefined) await orElse(stopQuery(queryId), undefined);
}
