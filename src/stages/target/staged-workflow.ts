import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { Workflow } from '../../contract/shared/workflow.ts';
import { toReadableError } from '../../words/refusals/aws-refusal.ts';
import type { StageContext, StageFunction } from './stage.ts';

/** A workflow with the functions that carry its Tasks out. `D` is what they need from the world. */
export interface StagedWorkflow<Name extends string, D> {
  readonly workflow: Workflow<Name>;
  /**
   * Runs one stage on what the workflow hands it, wherever it runs: parsed on the way in and on the way out,
   * so that the next state reads exactly what the stage table says.
   *
   * @throws {PowerdialError} whatever went wrong, named as the workflow knows it, AWS's errors in words
   */
  readonly run: (name: Name, input: unknown, deps: D, context: StageContext) => Promise<unknown>;
}

/** @param purpose what the caller wants to do, for the words of an error */
export function stagedWorkflow<Name extends string, D>(
  workflow: Workflow<Name>,
  functions: { readonly [Each in Name]: StageFunction<never, unknown, D> },
  purpose?: string,
): StagedWorkflow<Name, D> {
  return {
    workflow,
    async run(name, input, deps, context) {
      const { reads, returns } = workflow.stages[name];
      const stage = functions[name] as StageFunction<unknown, unknown, D>;
      try {
        return returns.parse(await stage(reads.parse(input), deps, context));
      } catch (error) {
        throw isAwsError(error) ? toReadableError(error, purpose) : error;
      }
    },
  };
}
