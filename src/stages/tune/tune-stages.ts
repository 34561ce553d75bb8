import type { Deps } from '../../contract/shared/deps.ts';
import type { StageName } from '../../contract/tune/stages.ts';
import { TUNE } from '../../contract/tune/workflow.ts';
import { stagedWorkflow } from '../target/staged-workflow.ts';
import { apply } from './apply.ts';
import { cleanUp } from './clean-up.ts';
import { inspect } from './inspect.ts';
import { measure } from './measure.ts';
import { plan } from './plan.ts';
import { readHistory } from './read-history.ts';
import { recommend } from './recommend.ts';
import { restore } from './restore.ts';
import { setMemory } from './set-memory.ts';
import type { Stage } from './stage.ts';

/** Every Task of the tuning workflow with the function that carries it out. */
const FUNCTIONS: { readonly [Name in StageName]: Stage<Name, Deps> } = {
  Inspect: inspect,
  ReadHistory: readHistory,
  Plan: plan,
  SetMemory: setMemory,
  Restore: restore,
  Measure: measure,
  Recommend: recommend,
  CleanUp: cleanUp,
  Apply: apply,
};

export const tuneStages = stagedWorkflow<StageName, Deps>(TUNE, FUNCTIONS);
