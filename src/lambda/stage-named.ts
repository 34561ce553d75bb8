import { STAGES, type StageName } from '../contract/stages.ts';
import { STAGE_VARIABLE } from '../contract/tuner.ts';

/**
 * Reads which stage this function is. Thrown while the function starts, so that a wrong deployment
 * shows at its first call.
 */
export function stageNamed(name: string | undefined): StageName {
  const known = Object.keys(STAGES) as StageName[];
  const stage = known.find((each) => each === name);
  if (stage === undefined) {
    throw new Error(
      `Start a stage: wanted ${STAGE_VARIABLE} to be one of ${known.join(', ')}, it is ${name ?? 'not set'}. Deploy the tuner again.`,
    );
  }
  return stage;
}
