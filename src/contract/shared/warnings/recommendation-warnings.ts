import { z } from 'zod';
import { listOf, memorySchema, notPricedSchema } from './facts.ts';

/** Everything that limits how far a recommendation can be trusted. */
export const RECOMMENDATION_WARNINGS = {
  'memory-nearly-full': z.object({ memoryMb: memorySchema, usedMb: z.number() }),
  /** Sizes left out because they keep too little memory free; `memoryMb` is chosen from the others. */
  'memory-headroom': z.object({
    memoryMb: memorySchema,
    leftOut: listOf(z.object({ memoryMb: memorySchema, usedMb: z.number() })),
  }),
  /** Memory in use grows from one invocation of an environment to the next. */
  'memory-grows': z.object({
    memoryMb: memorySchema,
    fromMb: z.number(),
    toMb: z.number(),
    invocations: z.int(),
  }),
  /** An invocation took longer than the present timeout. */
  'timeout-too-tight': z.object({
    memoryMb: memorySchema,
    longestSeconds: z.number(),
    timeoutSeconds: z.int(),
    /** `null` where none is recommended. */
    recommendedSeconds: z.int().nullable(),
  }),
  /** With this timeout, a call that hangs is billed for far longer than any call takes. */
  'timeout-too-loose': z.object({ timeoutSeconds: z.int(), recommendedSeconds: z.int() }),
  /** Sizes left out because their slow invocations do not fit the present timeout. */
  'sizes-beyond-timeout': z.object({
    memorySizesMb: listOf(memorySchema),
    timeoutSeconds: z.int(),
  }),
  /** Planning ended though more invocations may still change the decision: what a run may do is used up. */
  'decision-open': z.object({
    stoppedBy: z.enum(['max-usd', 'brute-force', 'most-invocations', 'most-rounds']),
    /** The amount, or how many. */
    limit: z.number(),
  }),
  'few-observations': z.object({
    memoryMb: memorySchema,
    count: z.int(),
    /** Whether durations and costs are of warm or of cold invocations. */
    basis: z.enum(['warm', 'cold']),
  }),
  'few-observations-for-p99': z.object({
    memoryMb: memorySchema,
    count: z.int(),
    needed: z.int(),
  }),
  /** No warm invocation of any size was far slower than the others; so many of them may be, with 95 %. */
  'rare-slow-unseen': z.object({ count: z.int(), atMostShare: z.number() }),
  'few-observations-for-limit': z.object({
    memoryMb: memorySchema,
    count: z.int(),
    neededForP95: z.int(),
    neededForP99: z.int(),
  }),
  'only-cold-starts': z.object({}),
  /** Costs are without cold starts; `seen`: there were some, but not at every size. */
  'cold-cost-unknown': z.object({ seen: z.boolean() }),
  'cold-starts-dominate': z.object({
    memoryMb: memorySchema,
    coldShare: z.number(),
    /** Cold starts' part of the cost, as a fraction. */
    costFraction: z.number(),
  }),
  'errors-at-sizes': z.object({
    sizes: listOf(z.object({ memoryMb: memorySchema, failed: z.int(), invocations: z.int() })),
  }),
  /** Invocations that may have run, and of which no platform log was found. */
  'lost-observations': z.object({ count: z.int() }),
  'current-out-of-memory': z.object({
    memoryMb: memorySchema,
    /** The largest size that ran out of memory. */
    diedUpToMb: memorySchema,
  }),
  'current-not-measured': z.object({ memoryMb: memorySchema }),
  /** How far durations scatter at one size, as a fraction. */
  noisy: z.object({ scatter: z.number() }),
  /**
   * The tail is so heavy that means hang on a few of so many warm invocations; the slowest hundredth's part of
   * the time.
   */
  'heavy-tail': z.object({ count: z.int(), ofSlowest: z.number() }),
  outliers: z.object({
    sizes: listOf(z.object({ memoryMb: memorySchema, outliers: z.int(), warm: z.int() })),
  }),
  'presumed-cold': z.object({ count: z.int() }),
  /** Slowest period ÷ fastest − 1, at all sizes alike. */
  drift: z.object({ swing: z.number() }),
  'limit-uncertain': z.object({ memoryMb: memorySchema, probability: z.number() }),
  /** The trial ended in an error that the peer's input allows: such errors are measured like answers. */
  'allowed-errors-counted': z.object({ types: listOf(z.string()) }),
  /** Nothing is published on this verdict: the alias that the input names stays where it is. */
  'alias-not-moved': z.object({
    alias: z.string(),
    /** `null`: there is no such alias, and none was made. */
    version: z.string().nullable(),
    verdict: z.enum(['change', 'keep', 'inconclusive']),
  }),
  'provisioned-priced': z.object({ executions: z.int(), invocationsPerMonth: z.number() }),
  'provisioned-not-priced': notPricedSchema,
  'fewer-cold-starts': z.object({
    wanted: z.int(),
    sizes: listOf(z.object({ memoryMb: memorySchema, coldStarts: z.int() })),
  }),
} as const;
