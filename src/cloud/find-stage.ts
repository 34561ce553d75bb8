import type { CheckStageName } from '../contract/check/check-stages.ts';
import { CHECK } from '../contract/check/workflow.ts';
import { STAGE_VARIABLE } from '../contract/shared/tuner.ts';
import { stageNames, type Workflow } from '../contract/shared/workflow.ts';
import type { StageName } from '../contract/tune/stages.ts';
import { TUNE } from '../contract/tune/workflow.ts';

export type NamedStage =
  | { readonly workflow: 'tune'; readonly stage: StageName }
  | { readonly workflow: 'check'; readonly stage: CheckStageName };

/**
 * Finds the stage of this function by its name. It throws while the function starts, so that a wrong
 * deployment shows at its first call.
 */
export function findStage(name: string | undefined): NamedStage {
  const ofTune = stageOf(TUNE, name);
  if (ofTune !== undefined) return { workflow: 'tune', stage: ofTune };
  const ofCheck = stageOf(CHECK, name);
  if (ofCheck !== undefined) return { workflow: 'check', stage: ofCheck };
  const known = [TUNE, CHECK].flatMap(idsOf).join(', ');
  throw new Error(
    `Start a stage: wanted ${STAGE_VARIABLE} to be one of ${known}, it is ${name ?? 'not set'}. Deploy the tuner again.`,
  );
}

function stageOf<Name extends string>(
  workflow: Workflow<Name>,
  id: string | undefined,
): Name | undefined {
  return stageNames(workflow).find((stage) => workflow.stageId(stage) === id);
}

function idsOf(workflow: Workflow): readonly string[] {
  return stageNames(workflow).map((stage) => workflow.stageId(stage));
}
