import { z } from 'zod';
import { widestInputSchema } from './input.ts';

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
