import { z } from 'zod';

/** What the user wants of the recommended size. */
export const GOAL_KINDS = ['best-value', 'cheapest', 'fastest', 'balanced'] as const;
export type GoalKind = (typeof GOAL_KINDS)[number];

export const goalSchema = z.strictObject({
  kind: z.enum(GOAL_KINDS).default('best-value'),
  tolerance: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('how much more than the cheapest size the best-value one may cost, as a fraction'),
  weight: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('balanced only: 1 looks at cost alone, 0 at duration alone'),
  tie: z
    .number()
    .min(0)
    .max(0.2)
    .optional()
    .describe(
      'fastest only: sizes slower than the fastest by no more than this fraction are as fast, and the cheapest of them is taken (0.02)',
    ),
});

/** The goal with every default filled in; `weight` counts for `balanced` alone. */
export type Goal = z.infer<typeof goalSchema>;

const positive = z.number().positive();

export const limitsSchema = z.strictObject({
  durationMs: z
    .strictObject({
      mean: positive.optional(),
      p50: positive.optional(),
      p95: positive.optional(),
      p99: positive.optional(),
      max: positive.optional(),
    })
    .optional(),
  costUsdPerMillion: positive.optional(),
  memoryHeadroom: z
    .number()
    .min(0)
    .max(0.9)
    .optional()
    .describe('part of its memory that a size must have left over what invocations used (0.1)'),
});

/** What the recommended size must keep to: warm durations, the cost of a million invocations, and free memory. */
export type Limits = z.infer<typeof limitsSchema>;
