import { z } from 'zod';
import type definition from '#state-machine/tune.asl.json';
import { warningSchema } from '../shared/warnings/warning.ts';
import { failureOfSizeSchema } from './failure.ts';
import {
  askedHistorySchema,
  awaitedSchema,
  failureSchema,
  lostSlicesSchema,
  packedObservationsSchema,
  roundSchema,
  runSchema,
  sliceSchema,
} from './state.ts';
import { applyingSchema, leavingSchema, publishingSchema } from './publishing.ts';
import { targetSchema } from './target.ts';
import { settledInputSchema } from './settled-input.ts';
import type { StageRow } from '../shared/workflow.ts';
import { trialSchema } from './trial.ts';
import { triggerSchema } from '../shared/trigger.ts';

type States = (typeof definition)['States'];

/** A Task that is Step Functions' own work and no stage: it puts the result into the results bucket. */
export const STORE_RESULT = {
  state: 'StoreResult',
  resource: '${PutResultArn}',
  bucket: '${ResultsBucketName}',
} as const;

/** The names of all Task states in `state-machine/tune.asl.json` that a stage carries out. */
export type StageName = Exclude<
  {
    [Name in keyof States]: States[Name] extends { Resource: string } ? Name : never;
  }[keyof States],
  typeof STORE_RESULT.state
>;

/** The execution's input as it came: Inspect is the door. */
const rawInputSchema = z.unknown();

const resultSchema = z.looseObject({
  verdict: z.enum(['change', 'keep', 'inconclusive']),
  recommendation: z.looseObject({
    memoryMb: z.int(),
    timeoutSeconds: z.int().nullable(),
    sentence: z.string(),
  }),
  warnings: z.array(warningSchema),
});

/** What Apply set, kept for the failure path. */
const appliedSchema = z
  .object({
    memoryMb: z.int(),
    timeoutSeconds: z.int(),
    alias: z.string().nullable(),
    version: z.string().nullable(),
  })
  .nullable();

/** What a run has measured, with what it rests on: what is planned and judged by. */
const measuredSoFarSchema = z.object({
  history: askedHistorySchema.nullable(),
  run: runSchema,
  input: settledInputSchema,
  target: targetSchema,
  publishing: publishingSchema,
  observations: packedObservationsSchema,
  trial: trialSchema.nullable(),
  lost: lostSlicesSchema,
  rounds: z.int(),
});

/**
 * One row for each Task of the workflow: what it reads and what it returns. A Task without a row, or a
 * row without a Task, does not compile.
 */
export const STAGES = {
  Inspect: {
    resource: '${InspectFunctionArn}',
    reads: z.object({ run: runSchema, input: rawInputSchema, maxRunSeconds: z.int() }),
    returns: z.object({
      run: runSchema,
      input: settledInputSchema,
      target: targetSchema,
      publishing: publishingSchema,
      observations: packedObservationsSchema,
      trial: trialSchema.nullable(),
      triggers: z.array(triggerSchema),
      warnings: z.array(warningSchema),
      /** What a dry run answers. */
      preview: z.object({
        dryRun: z.literal(true),
        round: roundSchema,
        /** The trial among them. */
        mostInvocations: z.int(),
        mostUsd: z.number(),
        /** Who calls $LATEST, and so meets every size that is set on it. */
        callers: z.array(z.string()),
      }),
    }),
  },
  ReadHistory: {
    resource: '${ReadHistoryFunctionArn}',
    reads: z.object({
      run: runSchema,
      input: settledInputSchema,
      target: targetSchema,
      /** `null` on the first call. */
      history: askedHistorySchema.nullable(),
    }),
    returns: z.object({
      history: askedHistorySchema,
      /** With what history fills in. */
      input: settledInputSchema,
      warnings: z.array(warningSchema),
    }),
  },
  Plan: {
    resource: '${PlanFunctionArn}',
    reads: measuredSoFarSchema,
    returns: z.object({
      decision: z.enum(['measure', 'enough']),
      reason: z.string(),
      round: roundSchema.nullable(),
      publishing: publishingSchema,
      warnings: z.array(warningSchema),
    }),
  },
  SetMemory: {
    resource: '${SetMemoryFunctionArn}',
    changesTarget: true,
    reads: z.object({
      run: runSchema,
      input: settledInputSchema,
      target: targetSchema,
      publishing: publishingSchema,
    }),
    returns: publishingSchema,
  },
  Restore: {
    resource: '${RestoreFunctionArn}',
    reads: z.object({ run: runSchema, target: targetSchema, publishing: publishingSchema }),
    returns: z.object({ publishing: publishingSchema, warnings: z.array(warningSchema) }),
  },
  Measure: {
    resource: '${MeasureFunctionArn}',
    reads: z.object({
      run: runSchema,
      input: settledInputSchema,
      target: targetSchema,
      publishing: publishingSchema,
      round: roundSchema,
      /** `null` on the first call of a round. */
      slice: sliceSchema.nullable(),
      concurrency: z.int(),
      observations: packedObservationsSchema,
      trial: trialSchema.nullable(),
      lost: lostSlicesSchema,
      awaited: z.array(awaitedSchema),
      failures: z.array(failureOfSizeSchema),
      /** The execution's input again: the payloads are in there and nowhere else. */
      source: rawInputSchema,
    }),
    returns: z.object({
      observations: packedObservationsSchema,
      /** What to measure in the next call; `null` when the round is done. */
      slice: sliceSchema.nullable(),
      awaited: z.array(awaitedSchema),
      failures: z.array(failureOfSizeSchema),
      concurrency: z.int(),
      warnings: z.array(warningSchema),
    }),
  },
  Recommend: {
    resource: '${RecommendFunctionArn}',
    reads: measuredSoFarSchema.extend({
      measures: z.int(),
      failures: z.array(failureOfSizeSchema),
      triggers: z.array(triggerSchema),
      warnings: z.array(warningSchema),
      elapsedFrom: z.string(),
    }),
    returns: resultSchema,
  },
  CleanUp: {
    resource: '${CleanUpFunctionArn}',
    reads: z.object({
      run: runSchema,
      /** As the input names it; enough on its own for a run that died. */
      function: z.unknown(),
      target: targetSchema.nullable(),
      publishing: publishingSchema.nullable(),
      result: resultSchema.nullable(),
      failure: failureSchema.nullable(),
      /** `null` on the first call. */
      leaving: leavingSchema.nullable(),
      /** A query of it may be under way; `null` where the run has asked nothing, and where nobody knows. */
      history: askedHistorySchema.nullable(),
    }),
    returns: z.object({
      warnings: z.array(warningSchema),
      deletedVersions: z.array(z.string()),
      failure: z.object({ error: z.string(), cause: z.string() }).nullable(),
      /** Where this is not `null`, the clean-up is not done and is called again after a wait. */
      leaving: leavingSchema.nullable(),
    }),
  },
  Apply: {
    resource: '${ApplyFunctionArn}',
    changesTarget: true,
    reads: z.object({
      run: runSchema,
      input: settledInputSchema,
      target: targetSchema,
      publishing: publishingSchema,
      result: resultSchema,
      /** `null` on the first call. */
      applying: applyingSchema.nullable(),
    }),
    returns: z.object({
      /** `null` while the version that the alias is to point at is pending. */
      applied: appliedSchema,
      applying: applyingSchema.nullable(),
      warnings: z.array(warningSchema),
    }),
  },
} as const satisfies Record<StageName, StageRow>;

/** The stages that change the target forward, and so may leave it changed when they are cut off. */
export const CHANGING_STAGES: ReadonlySet<string> = new Set(
  Object.entries(STAGES).flatMap(([name, row]) => ('changesTarget' in row ? [name] : [])),
);

export type StageInput<Name extends StageName> = z.infer<(typeof STAGES)[Name]['reads']>;
export type StageOutput<Name extends StageName> = z.infer<(typeof STAGES)[Name]['returns']>;
