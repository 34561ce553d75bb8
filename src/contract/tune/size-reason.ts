import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';

const memorySchema = z.int();
const countedSchema = { count: z.int(), invocations: z.int() };

/** By type, `null` where none was told. */
const failuresSchema = {
  failures: z.array(z.object({ type: z.string().nullable(), count: z.int() })).exactOptional(),
};

/** Why a size has no version, or lost it. */
const refusedSchemas = [
  /** AWS, or the endpoint in its place, refused it in its own words; `null` where it gave none. */
  z.object({ code: z.literal('refused-by-aws'), answer: z.string().nullable() }),
  z.object({ code: z.literal('version-failed'), answer: z.string().nullable() }),
  z.object({
    code: z.literal('version-still-pending'),
    version: z.string(),
    waitedMinutes: z.number(),
  }),
  /** Callers of $LATEST could meet it, and it does not hold what the function was seen to use. */
  z.object({
    code: z.literal('below-memory-in-use'),
    usedMb: z.number(),
    leastMemoryMb: memorySchema,
  }),
] as const;

export const refusalReasonSchema = z.discriminatedUnion('code', [...refusedSchemas]);
/** Why a size was refused. */
export type RefusalReason = Readonly<z.infer<typeof refusalReasonSchema>>;

export const sizeReasonSchema = z.discriminatedUnion('code', [
  ...refusedSchemas,
  /**
   * A size at or below one that ran out of memory, itself or in the trial: `survived` says how many of its own
   * invocations did not, `null` where none was made.
   */
  z.object({
    code: z.literal('below-a-death'),
    diedUpToMb: memorySchema,
    /** Whether it was that size itself which died in the trial. */
    inTrial: z.boolean(),
    survived: z.object(countedSchema).nullable(),
  }),
  z.object({ code: z.literal('not-invoked') }),
  z.object({ code: z.literal('ran-out-of-memory'), ...countedSchema }),
  /** Measured, but not every invocation succeeded. */
  z.object({ code: z.literal('some-failed'), ...countedSchema, ...failuresSchema }),
  z.object({ code: z.literal('timed-out'), ...countedSchema, limitSeconds: z.int() }),
  z.object({ code: z.literal('ended-in-error'), ...countedSchema, ...failuresSchema }),
  z.object({ code: z.literal('log-missing'), ...countedSchema }),
  z.object({ code: z.literal('log-without-duration'), ...countedSchema }),
]);
/** What became of a size that was not plainly measured: a code and its facts. */
export type SizeReason = DeepReadonly<z.infer<typeof sizeReasonSchema>>;
