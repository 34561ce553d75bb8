import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { failureSchema } from './failure.ts';
import { sizeReasonSchema } from './size-reason.ts';

const numberOrNull = z.number().nullable();

export const SIZE_OUTCOMES = ['measured', 'out-of-memory', 'timeout', 'failed', 'refused'] as const;
export type SizeOutcome = (typeof SIZE_OUTCOMES)[number];

const durationSummarySchema = z.object({
  mean: numberOrNull,
  low: numberOrNull.describe('lower end of the 95 % interval of the mean'),
  high: numberOrNull.describe('upper end of it'),
  p50: numberOrNull,
  p95: numberOrNull,
  p99: numberOrNull,
  max: numberOrNull,
});
/** Warm durations of one size; every number is `null` where nothing was measured. */
export type DurationSummary = DeepReadonly<z.infer<typeof durationSummarySchema>>;

const payloadResultSchema = z.object({
  payload: z.int().describe('index into `input.payloads`, which has its hash and its weight'),
  share: z
    .number()
    .describe('of the invocations, by weight: what it counts for in the means of the size'),
  invocations: z.int(),
  errors: z.int(),
  durationMs: z.object({
    mean: numberOrNull,
    low: numberOrNull,
    high: numberOrNull,
    max: numberOrNull,
  }),
  costUsdPerMillion: z.object({ mean: numberOrNull }),
});
/** What one payload of several took and cost at a size: warm invocations only, as far as there are any. */
export type PayloadResult = DeepReadonly<z.infer<typeof payloadResultSchema>>;

export const sizeResultSchema = z.object({
  memoryMb: z.int(),
  outcome: z.enum(SIZE_OUTCOMES),
  reason: z
    .string()
    .nullable()
    .describe('why it is not plainly measured, for people; `null` where it is'),
  reasonFacts: sizeReasonSchema
    .nullable()
    .exactOptional()
    .describe('the same for programs; results of earlier versions have none'),
  invocations: z.int(),
  coldStarts: z.int(),
  errors: z
    .int()
    .describe('invocations that ended in an error, a timeout, out of memory or were lost'),
  failures: z
    .array(failureSchema)
    .exactOptional()
    .describe('the same by type, the most frequent first; left out without any'),
  durationMs: durationSummarySchema.describe('warm invocations; every number `null` without any'),
  initMs: z
    .object({ mean: z.number(), p50: z.number(), max: z.number() })
    .nullable()
    .describe('`null` without cold starts'),
  billedMs: z.object({ mean: numberOrNull }),
  maxMemoryUsedMb: numberOrNull,
  environments: z
    .int()
    .exactOptional()
    .describe(
      'execution environments that served the size: told apart by log streams, else its cold starts are counted',
    ),
  believed: z
    .object({ durationMs: z.number(), costUsdPerMillion: z.number() })
    .nullable()
    .exactOptional()
    .describe(
      'what is believed of the means, given all sizes together: choices, savings and speed-ups go by it',
    ),
  payloads: z
    .array(payloadResultSchema)
    .exactOptional()
    .describe(
      'each payload, where there are several; where these and the sizes are many, of the recommended size and the present one only',
    ),
  outliers: z
    .int()
    .exactOptional()
    .describe(
      'warm invocations that took far longer than the others of their payload; they are in every figure',
    ),
  costUsdPerMillion: z.object({ mean: numberOrNull, low: numberOrNull, high: numberOrNull }),
});
export type SizeResult = DeepReadonly<z.infer<typeof sizeResultSchema>>;
