/** How deployed workflows are named: what `infra` writes and the command looks for. */

/** State machine names begin with it, unless the deployment chose another prefix. */
export const WORKFLOW_NAME_PREFIX = 'powerdial';

/** The tag on everything that a tuner consists of; its value is the version of this package. */
export const TUNER_TAG = 'powerdial:tuner';

/** The tag of the workflow that measures and judges a change. */
export const CHECK_TAG = 'powerdial:check';

/** The tag by which each workflow is found. */
export const WORKFLOW_TAGS = { tune: TUNER_TAG, check: CHECK_TAG } as const;

export type WorkflowKind = keyof typeof WORKFLOW_TAGS;

/** The environment variable that tells a stage's function which stage it is. */
export const STAGE_VARIABLE = 'POWERDIAL_STAGE';

/** The memory of the function that measures, in a run and in a check; no stage has more. */
export const MEASURE_MEMORY_MB = 512;

/** How often the deployed tuner looks for ended runs that nobody has cleaned up after. */
export const SWEEP_EVERY_MINUTES = 15;

/** The stages of both workflows have names in common, so those of a check are told apart. */
export function checkStageId<Name extends string>(stage: Name): `Check${Name}` {
  return `Check${stage}`;
}
