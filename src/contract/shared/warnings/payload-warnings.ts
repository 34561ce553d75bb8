import { z } from 'zod';
import { listOf, memorySchema } from './facts.ts';

/** A payload by its place in the input, and the sizes that it is about. */
const placesSchema = listOf(z.object({ payload: z.int(), memorySizesMb: listOf(memorySchema) }));

/** What payloads do to a measurement, and what an interruption left of it: of tuning runs and of checks. */
export const PAYLOAD_WARNINGS = {
  /** Payloads without a value: means are of the others alone. Of a check `memorySizesMb` are its sides'. */
  'payloads-unmeasured': z.object({ places: placesSchema, command: z.enum(['tune', 'check']) }),
  /** Payloads of which no invocation ended well. */
  'payloads-failed': z.object({ places: placesSchema }),
  'few-observations-of-payloads': z.object({
    memoryMb: memorySchema,
    basis: z.enum(['warm', 'cold']),
    payloads: listOf(z.object({ payload: z.int(), count: z.int() })),
  }),
  /** The trial took far longer than everything after it: the function may know what it has seen. */
  'repeats-faster': z.object({
    /** Of a check: whose trial it was. */
    side: z.enum(['base', 'head']).nullable(),
    memoryMb: memorySchema,
    trialMs: z.number(),
    /** Size of the later invocations: that of the trial, or the next smaller one that was measured. */
    laterMemoryMb: memorySchema,
    longestLaterMs: z.number(),
    later: z.int(),
    varyPayload: z.boolean(),
    allowRepeats: z.boolean(),
  }),
  /** The measured payload is unlike production's, by the means at the present size. */
  'payload-unlike-traffic': z.object({
    memoryMb: memorySchema,
    payloadMs: z.number(),
    calls: z.object({ meanMs: z.number(), p10Ms: z.number(), p90Ms: z.number() }),
    /** Share of the real calls that take no longer than the payload. */
    place: z.number(),
    /** Another size may be the one for the real calls. */
    mayTurn: z.boolean(),
    /** Shares of the payloads that would fit the real calls better; `null` with one, or where none do. */
    weights: listOf(z.number()).nullable(),
  }),
  /**
   * Somebody ended the run or check: what it had measured by then. `left` are functions that a check had not
   * begun.
   */
  interrupted: z.object({ command: z.enum(['tune', 'check']), left: listOf(z.string()) }),
} as const;
