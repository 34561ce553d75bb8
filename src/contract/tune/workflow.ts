import { WORKFLOW_NAME_PREFIX, WORKFLOW_TAGS } from '../shared/tuner.ts';
import type { Workflow } from '../shared/workflow.ts';
import { STAGES, type StageName } from './stages.ts';
import { TUNE_POLICIES } from './task-policies.ts';

/** The workflow that tunes a function. */
export const TUNE: Workflow<StageName> = {
  kind: 'tune',
  definition: '#state-machine/tune.asl.json',
  stages: STAGES,
  policies: TUNE_POLICIES,
  tag: WORKFLOW_TAGS.tune,
  machineName: WORKFLOW_NAME_PREFIX,
  playedPrefix: 'embedded',
  stageId: (stage) => stage,
};
