import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type { CheckStageName } from '../../contract/check/check-stages.ts';
import { CHECK } from '../../contract/check/workflow.ts';
import { stagedWorkflow } from '../target/staged-workflow.ts';
import { inspectSides } from './inspect-sides.ts';
import { judgeSides } from './judge-sides.ts';
import { measureSides } from './measure-sides.ts';
import { planLook } from './plan-look.ts';
import type { CheckStage } from './stage.ts';

/** Every Task of the check's workflow with the function that carries it out. */
const FUNCTIONS: { readonly [Name in CheckStageName]: CheckStage<Name> } = {
  Inspect: inspectSides,
  Plan: planLook,
  Measure: measureSides,
  Judge: judgeSides,
};

export const checkStages = stagedWorkflow<CheckStageName, CheckDeps>(CHECK, FUNCTIONS, 'a check');
