import type { OwnFunction } from '../../core/cost/workflow-cost.ts';
import type { Surface } from '../../words/trial-advice.ts';

/** What a stage may ask about the call that it is part of. */
export interface StageContext {
  /** Milliseconds left before the call is cut off. */
  readonly remainingMs: () => number;
  /** The function of Lambda that the call is billed as; none where the stage is played here. */
  readonly ownFunction?: OwnFunction;
  /** Where the user said what is wanted, for advice in the same words; otherwise the input tells. */
  readonly surface?: Surface;
  /** The run was interrupted: what it measured is judged, and is no decision. */
  readonly isInterrupted?: boolean;
}

/** A Task of a workflow: facts in, core, carry out. `D` is what it needs from the world. */
export type StageFunction<Input, Output, D> = (
  input: Input,
  deps: D,
  context: StageContext,
) => Promise<Output>;
