import { z } from 'zod';
import { widestInputSchema } from './input.ts';
import { PROJECTS } from './advice.ts';
import { ARCHITECTURES } from '../shared/function-configuration.ts';
import { trafficSchema } from '../history/traffic.ts';
import { refusalReasonSchema } from './size-reason.ts';

/** What travels between the states of the workflow. Everything here must stay small: a state holds 256 KiB. */

export const runSchema = z.object({
  /** The execution's name. */
  id: z.string().min(1),
  /** The execution's ARN; an embedded run has one of the player's own form. */
  executionArn: z.string(),
  startedAt: z.string(),
});
/** One tuning run: who it is, in journals and in version descriptions. */
export type Run = z.infer<typeof runSchema>;

const settledPayloadSchema = z.object({
  sha256: z.string(),
  bytes: z.int(),
  weight: z.number().positive(),
  /** How many `Records` it holds, as events of queues and streams do; left out where it has none. */
  records: z.int().exactOptional(),
});

/** What history fills in, unless the input names it. */
export const SET_BY_HISTORY = ['coldShare', 'invocationsPerMonth'] as const;

const settledHistorySchema = z.object({
  days: z.int(),
  /** What Logs Insights may take for it. */
  maxUsd: z.number(),
  /** The input asks for it; otherwise it is read in passing, and nothing is said where it cannot be. */
  isAsked: z.boolean(),
  /** What the input left open, for history to fill in. */
  fills: z.array(z.enum(SET_BY_HISTORY)),
});

export const settledInputSchema = widestInputSchema
  .omit({ payload: true, payloads: true, measureTimeoutSeconds: true, seed: true, history: true })
  .extend({
    /** Left out by earlier versions. */
    history: z.union([z.literal(false), settledHistorySchema]).optional(),
    payloads: z.array(settledPayloadSchema).min(1),
    measureTimeoutSeconds: z.int(),
    seed: z.int(),
    /**
     * Invocations may be too long to be waited for by one call of Measure: a size at which one is goes through
     * Lambda's queue.
     */
    asynchronous: z.boolean(),
  });
/** The input as a run uses it: every default filled in, payloads by their hash. */
export type SettledInput = z.infer<typeof settledInputSchema>;

const deploymentSchema = z.object({
  project: z.enum(PROJECTS).nullable(),
  /** In the template of its stack; `null` without one. */
  logicalId: z.string().nullable(),
});
/** What deploys the target, as far as its tags tell it. */
export type Deployment = z.infer<typeof deploymentSchema>;

export const targetSchema = z.object({
  functionName: z.string(),
  /** Unqualified. */
  functionArn: z.string(),
  region: z.string(),
  architecture: z.enum(ARCHITECTURES),
  runtime: z.string().nullable(),
  memoryMb: z.int(),
  timeoutSeconds: z.int(),
  description: z.string(),
  systemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).nullable(),
  logFormat: z.enum(['Text', 'JSON']),
  applicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).nullable(),
  logGroup: z.string(),
  ephemeralStorageMb: z.int(),
  snapStart: z.boolean(),
  codeSha256: z.string(),
  revisionId: z.string(),
  /**
   * Whether anything may call $LATEST without a version or alias, as far as it leaves a trace; true where
   * that could not be read.
   */
  calledUnqualified: z.boolean().default(true),
  /** Executions that its aliases and versions keep ready, all together; `null` where that may not be read. */
  provisioned: z.int().nullable().default(null),
  /** `null` where its tags do not tell, or may not be read. States of earlier versions have none. */
  deployment: deploymentSchema.nullable().exactOptional(),
  /** The highest version number that existed before the run; 0 where there was none. */
  highestVersion: z.int(),
  /**
   * The alias that is to point at the recommendation, as it was; `null` where none is asked for. Without
   * version and revision it did not exist: it is made.
   */
  alias: z
    .object({
      name: z.string(),
      version: z.string().nullable(),
      revisionId: z.string().nullable(),
    })
    .nullable(),
});
/** The target as Inspect found it: what the run must leave behind. */
export type Target = z.infer<typeof targetSchema>;

export const variantSchema = z.object({
  memoryMb: z.int(),
  /** `null` until it is published, and for a refused size. */
  version: z.string().nullable(),
  /** `pending`: published, and not active yet. */
  outcome: z.enum(['pending', 'ready', 'refused']),
  /** For people; `null` where it is not refused. */
  reason: z.string().nullable(),
  /** For programs; states of earlier versions have none. */
  reasonFacts: refusalReasonSchema.optional(),
});
/** One memory size of the target: published as a version, or refused with the reason. */
export type Variant = z.infer<typeof variantSchema>;

export const roundSchema = z.object({
  number: z.int(),
  /** Warm and cold invocations wanted for each size of the round. */
  sizes: z
    .array(
      z.object({
        memoryMb: z.int(),
        warm: z.int(),
        cold: z.int(),
        /** Which of the size's versions the cold starts go to first, where those before it were invoked. */
        coldFrom: z.int().optional(),
      }),
    )
    .min(1),
});
/** What to measure next. The schedule follows from it, from the seed and from nothing else. */
export type Round = z.infer<typeof roundSchema>;

export const sliceSchema = z.object({
  /** Indices into the round's schedule: `from` is the next invocation, `to` is past the last. */
  from: z.int(),
  to: z.int(),
  /** What is set aside should the slice never report back. */
  worstCaseUsd: z.number(),
  /** Invocations from `from` on that an earlier call has made: one before them was throttled until its end. */
  made: z.array(z.int()).default([]),
});
/** The part of a round's schedule that one call of Measure may carry out. */
export type Slice = z.infer<typeof sliceSchema>;

/** Observations on their way through the workflow: see `stages/observation-codec.ts`. */
export const packedObservationsSchema = z.union([
  z.object({ encoding: z.literal('columns'), rows: z.array(z.array(z.unknown())) }),
  z.object({ encoding: z.literal('gzip+base64'), data: z.string() }),
]);
export type PackedObservations = z.infer<typeof packedObservationsSchema>;

export const spentSchema = z.object({
  invocations: z.int(),
  gbSeconds: z.number(),
  usd: z.number(),
});
/** What invocations of the target have cost so far; lost ones at their worst case. */
export type Spent = z.infer<typeof spentSchema>;

export const failureSchema = z.object({
  Error: z.string().optional(),
  Cause: z.string().optional(),
});
/** `$states.errorOutput` of a Catch. */
export type Failure = z.infer<typeof failureSchema>;

export const publishingSchema = z.object({
  /** Sizes that still have to be published, in order; a size more than once needs as many versions. */
  pending: z.array(z.int()),
  variants: z.array(variantSchema),
  /** Counts the updates of $LATEST that this run made or tried. */
  serial: z.int(),
  /** The serial that the last Restore undid: up to there nothing of the run is on $LATEST. */
  restoredSerial: z.int(),
  /** The revision of $LATEST that the next update expects. */
  revisionId: z.string(),
  /** Where the size in hand stands: to be set, or set and to be published. */
  phase: z.enum(['set', 'publish']),
  /** How long the workflow waits before it calls SetMemory or Restore again; 0: not at all. */
  waitSeconds: z.int(),
  /** How often the workflow waited for the size in hand, or for versions: each wait is longer than the one before. */
  waited: z.int(),
  /** How often the size in hand was tried again. */
  retries: z.int(),
  /** Since when (milliseconds since the epoch) the workflow waits for versions to become active; `null`: it does not. */
  pendingSinceMs: z.number().nullable(),
  /** AWS publishes no further version now: the size in hand is set again later, with $LATEST put back in between. */
  heldUp: z.boolean(),
  /** Since when (milliseconds since the epoch) $LATEST is changed; `null`: it is not. */
  changedSinceMs: z.number().nullable(),
  /** How long $LATEST has been changed in all, up to the last Restore; `null` where nobody can tell. */
  changedMs: z.number().nullable(),
  /** Until when the run says that it lives. ISO 8601, to the minute, UTC. */
  until: z.string(),
  /** The timeout that the run's updates set beside the memory. */
  measureTimeoutSeconds: z.int(),
  /** How often SetMemory and Restore were called and how often the workflow waited, for the bill. */
  calls: z.int(),
  restores: z.int(),
  waits: z.int(),
});
/** How far the publishing of variants has come: what each step hands to the next, and to the failure path. */
export type Publishing = z.infer<typeof publishingSchema>;

export const applyingSchema = z.object({
  /**
   * Published from the recommended setting, and not active yet; `null` while nothing is published, because
   * the alias's provisioned concurrency is being allocated.
   */
  version: z.string().nullable(),
  waitSeconds: z.int(),
  /** How often the workflow has waited for it. */
  waited: z.int(),
});
/** An Apply under way: a version with SnapStart takes minutes before an alias may point at it. */
export type Applying = z.infer<typeof applyingSchema>;

export const leavingSchema = z.object({
  /** Versions of the run that AWS does not delete yet. */
  versions: z.array(z.string()),
  /** What the calls before have deleted. */
  deletedVersions: z.array(z.string()),
  waitSeconds: z.int(),
  /** How often the workflow has waited for them, and for how long in all. */
  waited: z.int(),
  waitedSeconds: z.int(),
});
/** A CleanUp under way: AWS refuses to delete a version for as long as it is pending. */
export type Leaving = z.infer<typeof leavingSchema>;

export const askedHistorySchema = z.object({
  /** The query under way: first what it would scan, then the counting itself. `null`: it is done. */
  asking: z
    .object({
      phase: z.enum(['estimate', 'count']),
      queryId: z.string(),
      sinceMs: z.number(),
      untilMs: z.number(),
      waitSeconds: z.int(),
    })
    .nullable(),
  /** When it was begun, in milliseconds since the epoch. */
  startedMs: z.number(),
  /** How often the stage was called, for the bill. */
  calls: z.int(),
  bytesScanned: z.number(),
  /** `null` while nothing is known, and where nothing is. */
  traffic: trafficSchema.nullable(),
});
/** How far the reading of production's logs has come, and what it found. */
export type AskedHistory = z.infer<typeof askedHistorySchema>;

export const lostSlicesSchema = z.object({
  slices: z.int(),
  invocations: z.int(),
  usd: z.number(),
});
/** Slices of which Measure never reported back, charged at their worst case. */
export type LostSlices = z.infer<typeof lostSlicesSchema>;

export const awaitedSchema = z.object({
  requestId: z.string(),
  memoryMb: z.int(),
  payload: z.int(),
  atMs: z.number(),
});
/** A queued invocation whose platform log is still to come. */
export type Awaited = z.infer<typeof awaitedSchema>;
