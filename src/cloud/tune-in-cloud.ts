import type { Deps } from '../contract/shared/deps.ts';
import { memberOf } from '../contract/shared/member-of.ts';
import type { Warning } from '../contract/shared/warnings/warning.ts';
import type { StageName, StageOutput } from '../contract/tune/stages.ts';
import { tuneStages } from '../stages/tune/tune-stages.ts';
import { cleanUpFromOutside } from './clean-up-from-outside.ts';
import type { CloudWorkflow, Facts } from './cloud-workflow.ts';
import type { CloudWorld } from './cloud-world.ts';
import { loggedPayloads } from './logged-payloads.ts';
import { targetRegion } from './target-region.ts';

const OUTPUT_FACTS: { readonly [Name in StageName]: (output: StageOutput<Name>) => Facts } = {
  Inspect: ({ target, preview, warnings }) => ({
    functionArn: target.functionArn,
    memoryMb: target.memoryMb,
    timeoutSeconds: target.timeoutSeconds,
    mostInvocations: preview.mostInvocations,
    mostUsd: preview.mostUsd,
    warnings: codes(warnings),
  }),
  ReadHistory: ({ history, warnings }) => ({
    phase: history.asking?.phase ?? null,
    bytesScanned: history.bytesScanned,
    invocations: history.traffic?.invocations ?? null,
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

/** The tuning workflow in the cloud: its CleanUp is called from outside as well. */
export const TUNE_IN_CLOUD: CloudWorkflow<StageName, Deps, CloudWorld> = {
  staged: tuneStages,
  regionOf: targetRegion,
  givenFacts: (stage, input) =>
    stage === 'Inspect' ? loggedPayloads(memberOf(input, 'input')) : {},
  outputFacts: OUTPUT_FACTS,
  fromOutside: (stage, event, call) =>
    stage === 'CleanUp' ? cleanUpFromOutside(event, call) : null,
};

function codes(warnings: readonly Warning[]): readonly string[] {
  return warnings.map((warning) => warning.code);
}
