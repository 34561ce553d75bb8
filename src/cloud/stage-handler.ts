import { memberOf } from '../contract/shared/member-of.ts';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { carryOut, logUnknownStatus } from './carry-out.ts';
import type { CloudReach, CloudWorkflow, Facts } from './cloud-workflow.ts';
import { ownFunction } from './own-function.ts';

/**
 * The handler that Lambda calls. Errors keep their names, because Lambda hands them to the workflow as
 * `errorType`.
 */
export type StageHandler = (event: unknown, context: Context) => Promise<unknown>;

/** Makes the handler of one stage's function, in any workflow. */
export function stageHandler<Name extends string, D, World extends CloudReach<D>>(
  workflow: CloudWorkflow<Name, D, World>,
  stage: Name,
  world: World,
): StageHandler {
  const logger = new Logger({ serviceName: 'powerdial', persistentKeys: { stage } });
  const { staged, regionOf, givenFacts, outputFacts, fromOutside } = workflow;
  const run = (state: unknown, context: Context): Promise<unknown> => {
    const about = { run: memberOf(state, 'run', 'id') ?? null };
    return carryOut(
      {
        name: stage,
        about,
        given: givenFacts(stage, state),
        run() {
          const deps = world.depsFor(regionOf(state), logUnknownStatus(about, logger));
          return staged.run(stage, state, deps, {
            remainingMs: () => context.getRemainingTimeInMillis(),
            ownFunction: ownFunction(context),
          });
        },
        factsOf: outputFacts[stage] as (output: unknown) => Facts,
      },
      logger,
    );
  };
  return async (event, context) => {
    logger.addContext(context);
    const call = { world, context, logger, run: (state: unknown) => run(state, context) };
    const work = fromOutside?.(stage, event, call) ?? null;
    if (work === null) return await run(event, context);
    await work();
    return null;
  };
}
