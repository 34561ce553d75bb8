import { z } from 'zod';
import type { DeepReadonly } from '../shared/deep-readonly.ts';

const numberOrNull = z.number().nullable();

const trafficSizeSchema = z.object({
  memoryMb: z.int(),
  invocations: z.int(),
  durationMs: z
    .object({
      p50: numberOrNull,
      p95: numberOrNull,
      p99: numberOrNull,
      p999: numberOrNull,
      max: numberOrNull,
    })
    .describe('warm invocations that ended well, each at most 2 % above the true quantile'),
  maxMemoryUsedMb: numberOrNull,
  outOfMemory: z.int(),
  timeouts: z.int(),
  errors: z.int().nullable().describe("a handler's own errors; `null` for text logs"),
});
/** What production did at one memory size. */
export type TrafficSize = DeepReadonly<z.infer<typeof trafficSizeSchema>>;

/** Durations within 2 % of each other: the bucket of their logarithm, how many, sum, shortest, longest. */
const bucketsSchema = z.array(
  z.tuple([z.int(), z.int(), z.number(), z.number(), z.number()]).readonly(),
);
export type TrafficBuckets = Readonly<z.infer<typeof bucketsSchema>>;

/** What a run knows of production. It travels through the workflow's state, so it is small. */
export const trafficSchema = z.object({
  since: z.string(),
  until: z.string(),
  invocations: z.int(),
  invocationsPerMonth: z.number(),
  coldShare: numberOrNull,
  presentMb: z.int(),
  /** What one invocation at the present size cost on average, however it ended. */
  presentUsd: numberOrNull,
  sizes: z.array(trafficSizeSchema),
  /** At the present size: warm and cold ones that ended well, and those that the timeout cut off. */
  warm: bucketsSchema,
  cold: bucketsSchema,
  cutOff: bucketsSchema,
});
type Parsed = z.infer<typeof trafficSchema>;
export type Traffic = DeepReadonly<Omit<Parsed, 'warm' | 'cold' | 'cutOff'>> &
  Readonly<Record<'warm' | 'cold' | 'cutOff', TrafficBuckets>>;

const intervalSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() });

export const PAYLOAD_VERDICTS = ['like', 'unlike', 'unknown'] as const;

const payloadJudgementSchema = z.object({
  verdict: z.enum(PAYLOAD_VERDICTS),
  unknown: z
    .enum(['present-size-not-measured', 'few-calls', 'too-wide'])
    .nullable()
    .describe('what keeps it from being told; `null` where it is told'),
  place: numberOrNull.describe(
    'share of the real calls (present size, warm) that take no longer than the payload does on average',
  ),
  ratio: intervalSchema
    .nullable()
    .describe('mean of the payload ÷ mean of the real calls, at the present size, warm'),
  experimentMs: numberOrNull,
  productionMs: z.object({ mean: numberOrNull, p10: numberOrNull, p90: numberOrNull }),
});
/** Whether what was measured is like the traffic. */
export type PayloadJudgement = DeepReadonly<z.infer<typeof payloadJudgementSchema>>;

const bars = z.array(z.object({ ms: z.number(), count: z.int() }));

/** `result.history`: what production did, beside what the run measured. */
export const resultHistorySchema = z.object({
  since: z.string(),
  until: z.string(),
  invocationsPerMonth: z.number(),
  coldShare: numberOrNull,
  sizes: z.array(trafficSizeSchema),
  payload: payloadJudgementSchema.extend({
    weights: z
      .array(z.number())
      .nullable()
      .describe('of several payloads, the shares that would fit the real calls better'),
  }),
  savingUsdPerMonth: intervalSchema
    .nullable()
    .describe(
      'on the real traffic, by changing to the recommended size; only where the payload is like it',
    ),
  durations: z
    .object({ warm: bars, cold: bars })
    .describe('real calls at the present size: how many took up to so long, in steps of 10 %'),
});
export type ResultHistory = DeepReadonly<z.infer<typeof resultHistorySchema>>;
