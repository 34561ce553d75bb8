import { STAGE_VARIABLE } from '../contract/shared/tuner.ts';
import { checkHandler } from './check-handler.ts';
import { stageHandler } from './stage-handler.ts';
import { stageNamed } from './stage-named.ts';

const named = stageNamed(process.env[STAGE_VARIABLE]);

/** The entry of every stage in the cloud: one bundle, and the function's environment says which stage it is. */
export const handler =
  named.workflow === 'tune' ? stageHandler(named.stage) : checkHandler(named.stage);
