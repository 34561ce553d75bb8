import type { Context } from 'aws-lambda';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { StagedWorkflow } from '../stages/target/staged-workflow.ts';
import type { OnUnknownStatus } from './cloud-world.ts';

export type Facts = Readonly<Record<string, unknown>>;

/**
 * A workflow whose stages are Lambda functions. `D` is what the stages need, `World` is what they can reach.
 */
export interface CloudWorkflow<Name extends string, D, World extends CloudReach<D>> {
  readonly staged: StagedWorkflow<Name, D>;
  /**
   * Returns the region of the function that a stage's input is about; `null` means the region where the stage
   * runs.
   */
  readonly regionOf: (input: unknown) => string | null;
  /** Picks from a stage's input what is worth a line in the log. It is small, and never a payload. */
  readonly givenFacts: (stage: Name, input: unknown) => Facts;
  /** Picks the same from a stage's output, which has been parsed as the stage table says. */
  readonly outputFacts: { readonly [Each in Name]: (output: never) => Facts };
  /** Does the work of a call that does not come from the workflow; `null` for a call that does. */
  readonly fromOutside?: (
    stage: Name,
    event: unknown,
    call: OutsideCall<World>,
  ) => (() => Promise<void>) | null;
}

/** What the stages of a workflow can reach. */
export interface CloudReach<D> {
  /**
   * @param region of the function; `null` means the region where this function runs
   * @param onUnknownStatus is told why the status of an execution could not be read
   */
  readonly depsFor: (region: string | null, onUnknownStatus: OnUnknownStatus) => D;
}

/** A call that does not come from the workflow, with everything that it may need. */
export interface OutsideCall<World> {
  readonly world: World;
  readonly context: Context;
  readonly logger: Logger;
  /** Runs the stage on a state that is made up of what is known. */
  readonly run: (state: unknown) => Promise<unknown>;
}
