import { Logger } from '@aws-lambda-powertools/logger';
import { setTimeout as wait } from 'node:timers/promises';
import { readExecutionStatus } from '../aws/execution-calls.ts';
import { lambdaDeps, type LambdaDeps } from '../aws/lambda-deps.ts';
import { statesClient } from '../aws/states-client.ts';
import type { CheckDeps } from '../contract/check/check-deps.ts';
import { CHECK_STAGES, type CheckStageName } from '../contract/check/check-stages.ts';
import { runCheckStage } from '../stages/check/check-stage-functions.ts';
import { carryOut, logUnknownStatus } from './carry-out.ts';
import { checkFacts } from './check-facts.ts';
import { checkedRegion } from './checked-region.ts';
import type { OnUnknownStatus } from './cloud-world.ts';
import type { StageHandler } from './stage-handler.ts';

/** What a stage of a check can reach, in the region of the function; `null`: where this function runs. */
export type CheckWorld = (region: string | null, onUnknownStatus: OnUnknownStatus) => CheckDeps;

/** The handler of one stage of a check. It invokes and reads; there is nothing to clean up. */
export function checkHandler(stage: CheckStageName, world = checkWorld()): StageHandler {
  const logger = new Logger({ serviceName: 'powerdial', persistentKeys: { stage } });
  return async (event, context) => {
    logger.addContext(context);
    const { run } = event as { readonly run?: { readonly id?: unknown } };
    const remainingMs = (): number => context.getRemainingTimeInMillis();
    return carryOut(
      {
        name: stage,
        about: { run: run?.id ?? null },
        given: {},
        async run() {
          const about = { run: run?.id ?? null };
          const deps = world(checkedRegion(event), logUnknownStatus(about, logger));
          const output = await runCheckStage(stage, event, deps, { remainingMs });
          return CHECK_STAGES[stage].returns.parse(output);
        },
        factsOf: (output) => checkFacts(stage, output),
      },
      logger,
    );
  };
}

/** AWS, with the credentials of the function's own role. Clients outlive a call, and their connections. */
function checkWorld(): CheckWorld {
  const byRegion = new Map<string, LambdaDeps>();
  let made: ReturnType<typeof statesClient> | undefined;
  // The state machine is where this function is, wherever the functions are that it checks.
  const states = (): ReturnType<typeof statesClient> => (made ??= statesClient({}));
  return (region, onUnknownStatus) => {
    const key = region ?? '';
    const known = byRegion.get(key) ?? lambdaDeps(region === null ? {} : { region });
    byRegion.set(key, known);
    return {
      ...known,
      readExecutionStatus: readExecutionStatus(states, onUnknownStatus),
      now: Date.now,
      sleep: (ms) => wait(ms),
      // Nobody watches from inside: Step Functions' history tells how far a check is.
      onCheckProgress: () => undefined,
    };
  };
}
