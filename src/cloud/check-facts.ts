import type { CheckStageName, CheckStageOutput } from '../contract/check/check-stages.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What is worth a line in the log when a stage of a check is through: small, and never a payload. */
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

/** The facts of a stage's output, which has been parsed as the stage table says. */
export function checkFacts(stage: CheckStageName, output: unknown): Facts {
  const facts = OUTPUT_FACTS[stage] as (output: unknown) => Facts;
  return facts(output);
}
