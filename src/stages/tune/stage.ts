import type { StageInput, StageName, StageOutput } from '../../contract/tune/stages.ts';
import type { StageFunction } from '../target/stage.ts';

/** A Task of the tuning workflow. `D` is what it needs from the world. */
export type Stage<Name extends StageName, D> = StageFunction<
  StageInput<Name>,
  StageOutput<Name>,
  D
>;
