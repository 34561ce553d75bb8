import { checkStageId, WORKFLOW_NAME_PREFIX, WORKFLOW_TAGS } from '../shared/tuner.ts';
import type { Workflow } from '../shared/workflow.ts';
import { CHECK_STAGES, type CheckStageName } from './check-stages.ts';
import { CHECK_POLICIES } from './task-policies.ts';

/** The workflow that compares two sides of a function. */
export const CHECK: Workflow<CheckStageName> = {
  kind: 'check',
  definition: '#state-machine/check.asl.json',
  stages: CHECK_STAGES,
  policies: CHECK_POLICIES,
  tag: WORKFLOW_TAGS.check,
  machineName: `${WORKFLOW_NAME_PREFIX}-check`,
  playedPrefix: 'check',
  stageId: checkStageId,
};
