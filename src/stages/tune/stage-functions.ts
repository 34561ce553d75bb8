import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import { STAGES, type StageName } from '../../contract/tune/stages.ts';
import { apply } from './apply.ts';
import { cleanUp } from './clean-up.ts';
import { errorInWords } from '../target/error-in-words.ts';
import { inspect } from './inspect.ts';
import { measure } from './measure.ts';
import { plan } from './plan.ts';
import { recommend } from './recommend.ts';
import { restore } from './restore.ts';
import { setMemory } from './set-memory.ts';
import type { Stage, StageContext } from '../target/stage.ts';

/** Every Task of the workflow with the function that carries it out. */
const STAGE_FUNCTIONS: { readonly [Name in StageName]: Stage<Name, Deps> } = {
  Inspect: inspect,
  Plan: plan,
  SetMemory: setMemory,
  Restore: restore,
  Measure: measure,
  Recommend: recommend,
  CleanUp: cleanUp,
  Apply: apply,
};

/**
 * Runs one stage on what the workflow hands it: parsed on the way in, with AWS's errors put into words
 * on the way out.
 *
 * @throws {PowerdialError} whatever went wrong, named as the workflow knows it
 */
export async function runStage(
  name: StageName,
  input: unknown,
  deps: Deps,
  context: StageContext,
): Promise<unknown> {
  const stage = STAGE_FUNCTIONS[name] as (
    parsed: unknown,
    deps: Deps,
    context: StageContext,
  ) => Promise<unknown>;
  try {
    return await stage(STAGES[name].reads.parse(input), deps, context);
  } catch (error) {
    throw isAwsError(error) ? errorInWords(error) : error;
  }
}
