import { z } from 'zod';
import { trafficSchema } from '../history/traffic.ts';

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
