import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type {
  CheckStageInput,
  CheckStageName,
  CheckStageOutput,
} from '../../contract/check/check-stages.ts';
import type { StageFunction } from '../target/stage.ts';

/** A Task of the check's workflow. */
export type CheckStage<Name extends CheckStageName> = StageFunction<
  CheckStageInput<Name>,
  CheckStageOutput<Name>,
  CheckDeps
>;
