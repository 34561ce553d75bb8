import { STAGE_VARIABLE } from './contract/tuner.ts';
import { stageHandler } from './lambda/stage-handler.ts';
import { stageNamed } from './lambda/stage-named.ts';

/** The entry of every stage in the cloud: one bundle, and the function's environment says which stage it is. */
export const handler = stageHandler(stageNamed(process.env[STAGE_VARIABLE]));
