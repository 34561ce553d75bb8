import { z } from 'zod';
import { refusalReasonSchema } from './size-reason.ts';

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
