/** How a deployed tuner is named: what `infra` writes and the command looks for. */

/** State machine names begin with it, unless the deployment chose another prefix. */
export const TUNER_NAME_PREFIX = 'powerdial';

/** The tag on everything that a tuner consists of; its value is the version of this package. */
export const TUNER_TAG = 'powerdial:tuner';

/** The environment variable that tells a stage's function which stage it is. */
export const STAGE_VARIABLE = 'POWERDIAL_STAGE';
