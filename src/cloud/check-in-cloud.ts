import type { CheckDeps } from '../contract/check/check-deps.ts';
import type { CheckStageName, CheckStageOutput } from '../contract/check/check-stages.ts';
import { checkStages } from '../stages/check/check-stages.ts';
import { regionOfCheck } from './region-of-check.ts';
import type { CloudReach, CloudWorkflow, Facts } from './cloud-workflow.ts';

const OUTPUT_FACTS: {
  readonly [Name in CheckStageName]: (output: CheckStageOutput<Name>) => Facts;
} = {
  Inspect: ({ sides, mostEnvironments, warnings }) => ({
    base: sides.base?.facts.version ?? null,
    head: sides.head.facts.version,
    function: sides.head.functionName,
    mostEnvironments,
    warnings: warnings.map(({ code }) => code),
  }),
  Plan: ({ look, last }) => ({ ...look, last }),
  Measure: ({ progress, done, warnings }) => ({
    sent: progress.sent,
    spent: progress.spent,
    done,
    warnings: warnings.map(({ code }) => code),
  }),
  Judge: ({ settled }) => ({ settled }),
};

/** The check's workflow in the cloud: it invokes and reads, and there is nothing to clean up. */
export const CHECK_IN_CLOUD: CloudWorkflow<CheckStageName, CheckDeps, CloudReach<CheckDeps>> = {
  staged: checkStages,
  regionOf: regionOfCheck,
  givenFacts: () => ({}),
  outputFacts: OUTPUT_FACTS,
};
