import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { PowerdialError } from '../contract/errors.ts';
import type { StageName, StageOutput } from '../contract/stages.ts';
import { runStage } from '../stages/stage-functions.ts';
import { cleanUpAfter } from './clean-up-after.ts';
import { cloudDeps, executions } from './cloud-deps.ts';
import { endedExecutions, type EndedExecution } from './ended-executions.ts';
import { loggedPayloads } from './logged-payloads.ts';
import { outputFacts, parseOutput } from './stage-facts.ts';
import { targetRegion } from './target-region.ts';

/** What Lambda calls. Errors keep their names: Lambda hands them to the workflow as `errorType`. */
export type StageHandler = (event: unknown, context: Context) => Promise<unknown>;

/** The handler of one stage's function. */
export function stageHandler(stage: StageName): StageHandler {
  const logger = new Logger({ serviceName: 'powerdial', persistentKeys: { stage } });
  return async (event, context) => {
    logger.addContext(context);
    const ended = stage === 'CleanUp' ? endedExecutions(event) : null;
    if (ended === null) {
      return await carryOut(stage, event, context, logger);
    }
    for (const each of ended) await cleanUpFromOutside(each, context, logger);
    return null;
  };
}

/** Runs the stage on a state of the workflow, with a line in the log before and after. */
async function carryOut(
  stage: StageName,
  state: unknown,
  context: Context,
  logger: Logger,
): Promise<unknown> {
  const { run, input } = state as {
    readonly run?: { readonly id?: unknown };
    readonly input?: unknown;
  };
  const about = { run: run?.id ?? null };
  const payloads = stage === 'Inspect' ? loggedPayloads(input) : null;
  logger.info(`${stage} starts`, { ...about, ...payloads });
  const startedMs = Date.now();
  try {
    const output = await runStage(stage, state, cloudDeps(targetRegion(state)), {
      remainingMs: () => context.getRemainingTimeInMillis(),
    });
    const parsed = parseOutput(stage, output);
    const tookMs = Date.now() - startedMs;
    logger.info(`${stage} is through`, { ...about, tookMs, ...outputFacts(stage, parsed) });
    return parsed;
  } catch (error) {
    logFailure(stage, error, about, logger);
    throw error;
  }
}

/** The rule on executions that ended badly calls: see `docs/workflow.md`. */
async function cleanUpFromOutside(
  ended: EndedExecution,
  context: Context,
  logger: Logger,
): Promise<void> {
  const after = { executionArn: ended.executionArn };
  logger.info('CleanUp was called by the rule on ended executions', after);
  try {
    const came = await cleanUpAfter(ended, executions, async (state) => {
      const output = await carryOut('CleanUp', state, context, logger);
      return output as StageOutput<'CleanUp'>;
    });
    logger.info('CleanUp by rule is through', {
      ...after,
      outcome: came.kind,
      ...('reason' in came ? { reason: came.reason } : {}),
    });
  } catch (error) {
    logFailure('CleanUp by rule', error, after, logger);
    throw error;
  }
}

function logFailure(
  what: string,
  error: unknown,
  about: Readonly<Record<string, unknown>>,
  logger: Logger,
): void {
  if (error instanceof PowerdialError) {
    // Expected failures are for the workflow to handle: their facts, no stack trace.
    const { name, message, facts } = error;
    logger.warn(`${what} failed`, { ...about, error: { name, message, facts } });
    return;
  }
  logger.error(`${what} failed unexpectedly`, { ...about, error: error as Error });
}
