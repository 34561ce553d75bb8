import type { OwnFunction } from '../../core/cost/workflow-cost.ts';
import type { StageInput, StageName, StageOutput } from '../../contract/tune/stages.ts';

/** What a stage may ask about the call that it is part of. */
export interface StageContext {
  /** Milliseconds left before the call is cut off. */
  readonly remainingMs: () => number;
  /** The function of Lambda that the call is billed as; none where the stage is played here. */
  readonly ownFunction?: OwnFunction;
}

/** A Task of the workflow: facts in, core, carry out. `D` is what it needs from the world. */
export type Stage<Name extends StageName, D> = (
  input: StageInput<Name>,
  deps: D,
  context: StageContext,
) => Promise<StageOutput<Name>>;
