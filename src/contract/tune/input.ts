import { z } from 'zod';
import { goalSchema, limitsSchema } from './goal.ts';
import type { Json } from '../shared/json.ts';
import {
  MAX_INVOCATIONS,
  MAX_MEMORY_MB,
  MAX_PEER_INVOCATIONS,
  MAX_PEER_SIZES,
  MAX_SIZES,
  MIN_MEMORY_MB,
} from '../shared/memory.ts';

const json = z.json() as z.ZodType<Json>;

const memorySize = z.int().min(MIN_MEMORY_MB).max(MAX_MEMORY_MB);

function listOfSizes(most: number) {
  return z
    .array(memorySize)
    .min(1)
    .max(most)
    .refine((sizes) => new Set(sizes).size === sizes.length, 'wanted every size once');
}

const memorySizes = z.union([z.literal('auto'), z.literal('all'), listOfSizes(MAX_SIZES)]);

const invocations = z.union([z.literal('auto'), z.int().min(1).max(MAX_INVOCATIONS)]);

export const timeoutRuleSchema = z.strictObject({
  quantile: z.number().gt(0.5).lt(1).default(0.999),
  confidence: z.number().gt(0.5).lt(1).default(0.95),
  headroom: z.number().min(1).max(10).default(1.5),
});

const apply = z.union([
  z.boolean(),
  z.strictObject({
    alias: z
      .string()
      .regex(/^(?!\d+$)[\w-]{1,128}$/, 'wanted the name of an alias')
      .optional(),
    timeout: z.boolean().optional(),
  }),
]);

const functionArnOrName = z.string().min(1).max(256);

const weightedPayload = z.strictObject({ payload: json, weight: z.number().positive() });

/** Payloads with their weights, in an input or in an object of S3. */
export const weightedPayloadsSchema = z.array(weightedPayload).min(1).max(100);

/**
 * The input of a run as people write it: `{"function": "my-fn"}` is enough. Every default stands here
 * and nowhere else, but for three that depend on the target (`concurrency` is capped,
 * `measureTimeoutSeconds` and `seed` are derived when Inspect settles them).
 */
export const inputSchema = z.strictObject({
  function: z
    .string()
    .min(1)
    .max(256)
    .describe('name or ARN; qualified ones only while they equal $LATEST'),
  payload: json.optional().describe('any JSON up to 64 KiB, sent with every invocation (`{}`)'),
  payloads: weightedPayloadsSchema
    .optional()
    .describe('several payloads with their weights, instead of `payload`; 64 KiB each'),
  payloadS3: z
    .string()
    .regex(/^s3:\/\/[^/]+\/.+$/, 'wanted s3://bucket/key')
    .optional()
    .describe('a payload larger than 64 KiB, or a list of `{payload, weight}`, as s3://bucket/key'),
  varyPayload: z
    .boolean()
    .default(false)
    .describe(
      'fill every `{{uuid}}` and `{{index}}` in the payload anew for each invocation: for functions that skip what they have seen',
    ),
  allowRepeats: z
    .boolean()
    .default(false)
    .describe(
      'repeated payloads are meant: a trial far slower than everything after it leaves the verdict as it is',
    ),
  memorySizes: memorySizes
    .default('auto')
    .describe(
      `a list of ${MIN_MEMORY_MB}–${MAX_MEMORY_MB} MB (at most ${MAX_SIZES}), "auto", or "all": ${MAX_SIZES} sizes spread evenly in log scale`,
    ),
  allowSmall: z
    .boolean()
    .default(false)
    .describe(
      'try listed sizes below the memory seen in use ÷ 0.9 also where something calls $LATEST: its invocations may run out of memory while they are set',
    ),
  invocations: invocations
    .default('auto')
    .describe(
      `warm invocations for each size, cold starts besides, or "auto"; at most ${MAX_INVOCATIONS} in a run`,
    ),
  goal: goalSchema
    .prefault({})
    .describe('`kind` is best-value, cheapest, fastest or balanced (with `weight`)'),
  limits: limitsSchema
    .optional()
    .describe('what the recommended size must keep to: `durationMs` and `costUsdPerMillion`'),
  timeout: timeoutRuleSchema
    .prefault({})
    .describe('the quantile a timeout must let through, with what confidence and headroom'),
  coldStarts: z.int().min(0).max(1000).default(0).describe('cold starts to measure for each size'),
  onlyColdStarts: z
    .boolean()
    .default(false)
    .describe('measure the cold starts of `coldStarts` and nothing else'),
  pauseMs: z
    .int()
    .min(0)
    .max(300_000)
    .default(0)
    .describe('pause after each invocation before another one takes its place'),
  concurrency: z
    .int()
    .min(1)
    .max(1000)
    .default(8)
    .describe(
      'invocations under way at once in the whole run; capped by what the account has free',
    ),
  measureTimeoutSeconds: z
    .int()
    .min(1)
    .max(900)
    .optional()
    .describe(
      "timeout of the versions that are measured (the larger of the function's own and 60 s)",
    ),
  coldShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('share of cold starts at your traffic, for cost and timeout'),
  invocationsPerMonth: z
    .number()
    .positive()
    .optional()
    .describe('your traffic, for monthly figures'),
  invocationsPerSecond: z
    .number()
    .positive()
    .max(1_000_000)
    .optional()
    .describe('the rate of your busiest time, for reserved and provisioned concurrency'),
  history: z
    .union([
      z.literal(false),
      z.strictObject({
        days: z.int().min(1).max(365).default(14),
        maxUsd: z.number().positive().default(0.5),
      }),
    ])
    .optional()
    .describe(
      'read what production logs of so many `days` say, for at most `maxUsd` (0.50) of Logs Insights; false: do not. On AWS 14 days are read where that costs less than a cent',
    ),
  maxUsd: z.number().positive().default(1).describe('the run stops before it spends more'),
  apply: apply
    .default(false)
    .describe(
      'true sets the memory of $LATEST; {"alias"} also publishes and points the alias; {"timeout": true} sets the timeout too',
    ),
  dryRun: z
    .boolean()
    .default(false)
    .describe('settle the input and return the plan, change nothing'),
  preProcessor: functionArnOrName.optional().describe('a function called before each invocation'),
  postProcessor: functionArnOrName.optional().describe('a function called after each invocation'),
  ignoreErrors: z
    .array(z.string().min(1))
    .optional()
    .describe('error types that count as an outcome, not as a failure; never averaged in'),
  logPayloads: z.boolean().default(false).describe('whether payloads may appear in logs'),
  seed: z.int().min(0).max(0xffff_ffff).optional().describe("randomness (from the run's name)"),
  peer: z
    .strictObject({
      trim: z.number(),
      stats: z.boolean(),
      // A result of before this key was there may be read.
      inSeries: z.boolean().optional(),
    })
    .optional()
    .describe(
      "set by itself for aws-lambda-power-tuning's input: the result then carries its fields too",
    ),
});

/**
 * The same with the lists and counts of aws-lambda-power-tuning's input, which has no bounds of its own: what
 * fits a state is checked where everything that goes into it is known.
 */
export const widestInputSchema = inputSchema.extend({
  payloads: z.array(weightedPayload).min(1).max(1000).optional(),
  memorySizes: z
    .union([z.literal('auto'), z.literal('all'), listOfSizes(MAX_PEER_SIZES)])
    .default('auto')
    .describe(
      `sizes in MB, "auto" or "all"; at most ${MAX_SIZES}, with aws-lambda-power-tuning's input ${MAX_PEER_SIZES}`,
    ),
  invocations: z
    .union([z.literal('auto'), z.int().min(1).max(MAX_PEER_INVOCATIONS)])
    .default('auto')
    .describe('invocations for each size, or "auto"'),
  coldStarts: z
    .int()
    .min(0)
    .max(MAX_PEER_INVOCATIONS)
    .default(0)
    .describe('cold starts to measure for each size'),
});

/** A valid input with its defaults filled in, before the target is known. */
export type Input = z.infer<typeof inputSchema>;
