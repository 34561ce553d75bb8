import type { CheckDeps } from '../../contract/check-deps.ts';
import type {
  CheckStageInput,
  CheckStageName,
  CheckStageOutput,
} from '../../contract/check-stages.ts';
import type { StageContext } from '../stage.ts';

/** A Task of the check's workflow. */
export type CheckStage<Name extends CheckStageName> = (
  input: CheckStageInput<Name>,
  deps: CheckDeps,
  context: StageContext,
) => Promise<CheckStageOutput<Name>>;
