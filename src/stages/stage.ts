import type { StageInput, StageName, StageOutput } from '../contract/stages.ts';

/** What a stage may ask about the call that it is part of. */
export interface StageContext {
  /** Milliseconds left before the call is cut off. */
  readonly remainingMs: () => number;
}

/** A Task of the workflow: facts in, core, carry out. `D` is what it needs from the world. */
export type Stage<Name extends StageName, D> = (
  input: StageInput<Name>,
  deps: D,
  context: StageContext,
) => Promise<StageOutput<Name>>;
