import type { Context } from 'aws-lambda';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { StagedWorkflow } from '../stages/target/staged-workflow.ts';
import type { OnUnknownStatus } from './cloud-world.ts';

export type Facts = Readonly<Record<string, unknown>>;

/** A workflow whose stages are functions of Lambda. `D` is what they need, `World` what they can reach. */
export interface CloudWorkflow<Name extends string, D, World extends CloudReach<D>> {
  readonly staged: StagedWorkflow<Name, D>;
  /** The region of the function that a stage's input is about; `null`: where the stage runs. */
  readonly regionOf: (input: unknown) => string | null;
  /** What is worth a line in the log before a stage works: small, and never a payload. */
  readonly givenFacts: (stage: Name, input: unknown) => Facts;
  /** The same when it is through, of its output, which has been parsed as the stage table says. */
  readonly outputFacts: { readonly [Each in Name]: (output: never) => Facts };
  /** The work of a call that does not come from the workflow; `null` where it does. */
  readonly fromOutside?: (
    stage: Name,
    event: unknown,
    call: OutsideCall<World>,
  ) => (() => Promise<void>) | null;
}

/** What the stages of a workflow can reach. */
export interface CloudReach<D> {
  /**
   * @param region of the function; `null`: where this function runs
   * @param onUnknownStatus told why the status of an execution could not be read
   */
  readonly depsFor: (region: string | null, onUnknownStatus: OnUnknownStatus) => D;
}

/** A call that does not come from the workflow, with all that it may need. */
export interface OutsideCall<World> {
  readonly world: World;
  readonly context: Context;
  readonly logger: Logger;
  /** Runs the stage on a state that was made up from what is known. */
  readonly run: (state: unknown) => Promise<unknown>;
}
