import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { Deps } from '../contract/shared/deps.ts';
import type { StageName, StageOutput } from '../contract/tune/stages.ts';
import { runStage } from '../stages/tune/stage-functions.ts';
import { carryOut, logFailure, logUnknownStatus } from './carry-out.ts';
import { cleanUpAfter, type CleanedAfter } from './clean-up-after.ts';
import { cloudWorld, type CloudWorld } from './cloud-world.ts';
import { endedExecutions, sweptStateMachine, type EndedExecution } from './ended-executions.ts';
import { loggedPayloads } from './logged-payloads.ts';
import { outputFacts, parseOutput } from './stage-facts.ts';
import { sweep } from './sweep.ts';
import { ownFunction } from './own-function.ts';
import { targetRegion } from './target-region.ts';

/** What Lambda calls. Errors keep their names: Lambda hands them to the workflow as `errorType`. */
export type StageHandler = (event: unknown, context: Context) => Promise<unknown>;

/** What every line of a call's log and every step of it needs. */
interface Call {
  readonly stage: StageName;
  readonly context: Context;
  readonly logger: Logger;
  readonly world: CloudWorld;
}

/** The handler of one stage's function. */
export function stageHandler(stage: StageName, world: CloudWorld = cloudWorld()): StageHandler {
  const logger = new Logger({ serviceName: 'powerdial', persistentKeys: { stage } });
  return async (event, context) => {
    logger.addContext(context);
    const call = { stage, context, logger, world };
    const swept = stage === 'CleanUp' ? sweptStateMachine(event) : null;
    if (swept !== null) {
      await sweepFromOutside(swept, call);
      return null;
    }
    const ended = stage === 'CleanUp' ? endedExecutions(event) : null;
    if (ended === null) {
      return await runOn(event, call);
    }
    for (const each of ended) await cleanUpFromOutside(each, call);
    return null;
  };
}

/** Runs the stage on a state of the workflow. */
function runOn(state: unknown, { stage, context, logger, world }: Call): Promise<unknown> {
  const { run, input } = state as {
    readonly run?: { readonly id?: unknown };
    readonly input?: unknown;
  };
  const remainingMs = (): number => context.getRemainingTimeInMillis();
  const onUnknownStatus = logUnknownStatus({ run: run?.id ?? null }, logger);
  return carryOut(
    {
      name: stage,
      about: { run: run?.id ?? null },
      given: stage === 'Inspect' ? loggedPayloads(input) : {},
      run: async () =>
        parseOutput(
          stage,
          await runStage(stage, state, world.depsFor(targetRegion(state), onUnknownStatus), {
            remainingMs,
            ownFunction: ownFunction(context),
          }),
        ),
      factsOf: (output) => outputFacts(stage, output),
    },
    logger,
  );
}

/** The rule on executions that ended badly calls: see `docs/workflow.md`. */
async function cleanUpFromOutside(ended: EndedExecution, call: Call): Promise<CleanedAfter> {
  const { logger, world } = call;
  const after = { executionArn: ended.executionArn };
  logger.info('CleanUp was called after an execution that ended', after);
  try {
    const look = { describe: world.describeExecution, enteredStates: world.readEnteredStates };
    const came = await cleanUpAfter(ended, look, async (state) => {
      return (await runOn(state, call)) as StageOutput<'CleanUp'>;
    });
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

/** The schedule calls: what the rule has missed is found by a list. */
async function sweepFromOutside(stateMachineArn: string, call: Call): Promise<void> {
  const { logger, world, context } = call;
  const depsFor = (region: string | null): Deps =>
    world.depsFor(region, logUnknownStatus({ stateMachineArn }, logger));
  try {
    const swept = await sweep(stateMachineArn, {
      list: world.listEndedExecutions,
      describe: world.describeExecution,
      listAllVersions: (name, region) => depsFor(region).listAllVersions(name),
      cleanUp: (ended) => cleanUpFromOutside(ended, call),
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
