import type { Deps } from '../contract/shared/deps.ts';
import type { StageOutput } from '../contract/tune/stages.ts';
import { logFailure, logUnknownStatus } from './carry-out.ts';
import { cleanUpAfter, type CleanedAfter } from './clean-up-after.ts';
import type { OutsideCall } from './cloud-workflow.ts';
import type { CloudWorld } from './cloud-world.ts';
import {
  readEndedExecutions,
  readSweptStateMachine,
  type EndedExecution,
} from './read-ended-executions.ts';
import { sweep } from './sweep.ts';

/**
 * Tells what CleanUp does when it is called by the rule on executions that ended badly, or by the schedule
 * that looks for executions which the rule has missed: see `docs/workflow.md`. `null` for a call of the
 * workflow.
 */
export function cleanUpFromOutside(
  event: unknown,
  call: OutsideCall<CloudWorld>,
): (() => Promise<void>) | null {
  const swept = readSweptStateMachine(event);
  if (swept !== null) return () => sweepFor(swept, call);
  const ended = readEndedExecutions(event);
  if (ended === null) return null;
  return async () => {
    for (const each of ended) await cleanUpEnded(each, call);
  };
}

async function cleanUpEnded(
  ended: EndedExecution,
  { logger, world, run }: OutsideCall<CloudWorld>,
): Promise<CleanedAfter> {
  const after = { executionArn: ended.executionArn };
  logger.info('CleanUp was called after an execution that ended', after);
  try {
    const look = { describe: world.describeExecution, enteredStates: world.readEnteredStates };
    const came = await cleanUpAfter(
      ended,
      look,
      async (state) => (await run(state)) as StageOutput<'CleanUp'>,
    );
    const reason = came.kind === 'nothing-to-do' ? came.reason : null;
    const versionsLeft = came.kind === 'versions-left' ? came.versions : [];
    logger.info('CleanUp after an ended execution is through', {
      ...after,
      outcome: came.kind,
      reason,
      versionsLeft,
    });
    return came;
  } catch (error) {
    logFailure('CleanUp after an ended execution', error, after, logger);
    throw error;
  }
}

async function sweepFor(stateMachineArn: string, call: OutsideCall<CloudWorld>): Promise<void> {
  const { logger, world, context } = call;
  const depsFor = (region: string | null): Deps =>
    world.depsFor(region, logUnknownStatus({ stateMachineArn }, logger));
  try {
    const swept = await sweep(stateMachineArn, {
      list: world.listEndedExecutions,
      describe: world.describeExecution,
      listAllVersions: (name, region) => depsFor(region).listAllVersions(name),
      listQueriesUnderWay: (region) => depsFor(region).listQueriesUnderWay(),
      cleanUp: (ended) => cleanUpEnded(ended, call),
      now: () => depsFor(null).now(),
      remainingMs: () => context.getRemainingTimeInMillis(),
    });
    const unseen = swept.looked < swept.due || !swept.complete;
    logger[unseen ? 'warn' : 'info']('Sweep after ended executions is through', { ...swept });
  } catch (error) {
    logFailure('Sweep after ended executions', error, { stateMachineArn }, logger);
    throw error;
  }
}
