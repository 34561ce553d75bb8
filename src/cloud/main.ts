import { STAGE_VARIABLE } from '../contract/shared/tuner.ts';
import { CHECK_IN_CLOUD } from './check-in-cloud.ts';
import { cloudWorld } from './cloud-world.ts';
import { stageHandler } from './stage-handler.ts';
import { findStage } from './find-stage.ts';
import { TUNE_IN_CLOUD } from './tune-in-cloud.ts';

const named = findStage(process.env[STAGE_VARIABLE]);
const world = cloudWorld();

/**
 * The entry of every stage in the cloud. There is one bundle, and the function's environment says which stage
 * it is.
 */
export const handler =
  named.workflow === 'tune'
    ? stageHandler(TUNE_IN_CLOUD, named.stage, world)
    : stageHandler(CHECK_IN_CLOUD, named.stage, world);
