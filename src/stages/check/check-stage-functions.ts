import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { CheckDeps } from '../../contract/check/check-deps.ts';
import { CHECK_STAGES, type CheckStageName } from '../../contract/check/check-stages.ts';
import { errorInWords } from '../target/error-in-words.ts';
import type { StageContext } from '../target/stage.ts';
import type { CheckStage } from './check-stage.ts';
import { inspectSides } from './inspect-sides.ts';
import { judgeSides } from './judge-sides.ts';
import { measureSides } from './measure-sides.ts';
import { planLook } from './plan-look.ts';

/** Every Task of the check's workflow with the function that carries it out. */
const CHECK_STAGE_FUNCTIONS: { readonly [Name in CheckStageName]: CheckStage<Name> } = {
  Inspect: inspectSides,
  Plan: planLook,
  Measure: measureSides,
  Judge: judgeSides,
};

/**
 * Runs one stage of a check on what the workflow hands it.
 *
 * @throws {PowerdialError} whatever went wrong, named as the workflow knows it
 */
export async function runCheckStage(
  name: CheckStageName,
  input: unknown,
  deps: CheckDeps,
  context: StageContext,
): Promise<unknown> {
  const stage = CHECK_STAGE_FUNCTIONS[name] as (
    parsed: unknown,
    deps: CheckDeps,
    context: StageContext,
  ) => Promise<unknown>;
  try {
    return await stage(CHECK_STAGES[name].reads.parse(input), deps, context);
  } catch (error) {
    throw isAwsError(error) ? errorInWords(error, 'a check') : error;
  }
}
