import { CHECK_STAGES, type CheckStageName } from '../contract/check/check-stages.ts';
import { STAGES, type StageName } from '../contract/tune/stages.ts';
import { checkStageId, STAGE_VARIABLE } from '../contract/shared/tuner.ts';

export type NamedStage =
  | { readonly workflow: 'tune'; readonly stage: StageName }
  | { readonly workflow: 'check'; readonly stage: CheckStageName };

/**
 * Reads which stage this function is. Thrown while the function starts, so that a wrong deployment
 * shows at its first call.
 */
export function stageNamed(name: string | undefined): NamedStage {
  const ofTune = Object.keys(STAGES) as StageName[];
  const ofCheck = Object.keys(CHECK_STAGES) as CheckStageName[];
  for (const stage of ofTune) if (stage === name) return { workflow: 'tune', stage };
  for (const stage of ofCheck) {
    if (checkStageId(stage) === name) return { workflow: 'check', stage };
  }
  const known = [...ofTune, ...ofCheck.map(checkStageId)].join(', ');
  throw new Error(
    `Start a stage: wanted ${STAGE_VARIABLE} to be one of ${known}, it is ${name ?? 'not set'}. Deploy the tuner again.`,
  );
}
