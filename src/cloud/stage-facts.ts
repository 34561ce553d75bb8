import { STAGES, type StageName, type StageOutput } from '../contract/tune/stages.ts';
import type { Warning } from '../contract/shared/warnings/warning.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What is worth a line in the log when a stage is through: small, and never a payload. */
const OUTPUT_FACTS: { readonly [Name in StageName]: (output: StageOutput<Name>) => Facts } = {
  Inspect: ({ target, preview, warnings }) => ({
    functionArn: target.functionArn,
    memoryMb: target.memoryMb,
    timeoutSeconds: target.timeoutSeconds,
    mostInvocations: preview.mostInvocations,
    mostUsd: preview.mostUsd,
    warnings: codes(warnings),
  }),
  Plan: ({ decision, reason, round }) => ({
    decision,
    reason,
    round: round?.number ?? null,
    memorySizesMb: round?.sizes.map((size) => size.memoryMb) ?? [],
  }),
  SetMemory: ({ phase, pending, waitSeconds, variants }) => ({
    phase,
    pendingSizes: pending.length,
    waitSeconds,
    publishedSizes: variants.filter((each) => each.outcome !== 'refused').length,
    refusedSizesMb: variants.flatMap((each) => (each.outcome === 'refused' ? each.memoryMb : [])),
  }),
  Restore: ({ publishing, warnings }) => ({
    pendingVersions: publishing.variants.filter((each) => each.outcome === 'pending').length,
    waitSeconds: publishing.waitSeconds,
    warnings: codes(warnings),
  }),
  Measure: ({ slice, concurrency, warnings }) => ({
    next: slice?.from ?? null,
    concurrency,
    warnings: codes(warnings),
  }),
  Recommend: ({ verdict, recommendation, warnings }) => ({
    verdict,
    memoryMb: recommendation.memoryMb,
    timeoutSeconds: recommendation.timeoutSeconds,
    warnings: codes(warnings),
  }),
  CleanUp: ({ deletedVersions, failure, leaving, warnings }) => ({
    deletedVersions,
    pendingVersions: leaving?.versions ?? [],
    failure: failure?.error ?? null,
    warnings: codes(warnings),
  }),
  Apply: ({ applied, warnings }) => ({ applied, warnings: codes(warnings) }),
};

/** The facts of a stage's output, which has been parsed as the stage table says. */
export function outputFacts(stage: StageName, output: unknown): Facts {
  const facts = OUTPUT_FACTS[stage] as (output: unknown) => Facts;
  return facts(output);
}

/** Parses what a stage returns: the next state reads exactly this. */
export function parseOutput(stage: StageName, output: unknown): unknown {
  return STAGES[stage].returns.parse(output);
}

function codes(warnings: readonly Warning[]): readonly string[] {
  return warnings.map((warning) => warning.code);
}
