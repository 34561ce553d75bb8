import { z } from 'zod';
import { busySchema, listOf, unreadLogSchema } from './facts.ts';

const busyFields = busySchema.shape;

const failuresSchema = z.object({ failed: z.int(), invocations: z.int() });

/** What is worth knowing about the two sides of a check, and about what it could not tell. */
export const CHECK_WARNINGS = {
  /** Nothing tells which environment served an invocation. */
  'log-streams-unread': unreadLogSchema,
  'log-streams-partly-read': z.object({
    logGroup: z.string(),
    missing: z.int(),
    invocations: z.int(),
  }),
  /** Calls of Measure never reported back: what they may have invoked counts as made, and is in no figure. */
  'measuring-died': z.object({ calls: z.int(), invocations: z.int() }),
  'concurrency-unread': z.object({
    /** The IAM action that is not allowed. */
    action: z.string(),
    concurrency: z.int(),
  }),
  /** Invocations that did not end well: they are in no duration. `base` is `null` without one. */
  'invocations-failed': z.object({ head: failuresSchema, base: failuresSchema.nullable() }),
  'head-failed-trial': z.object({
    function: z.string(),
    /** `$LATEST` or a number. */
    version: z.string(),
    attempts: z.int(),
    errorType: z.string().nullable(),
    errorMessage: z.string().nullable(),
  }),
  'same-version': z.object({ function: z.string(), version: z.string() }),
  'settings-differ': z.object({
    settings: listOf(z.enum(['memoryMb', 'architecture', 'runtime'])),
  }),
  /** The base was measured at another time: a drift of this standard deviation is allowed for. */
  'stored-baseline': z.object({
    driftSpread: z.number(),
    /** `compare`: both sides are files. */
    command: z.enum(['check', 'compare']),
  }),
  'not-confirmed': z.object({ error: z.string(), cause: z.string() }),
  /** The invocations that a check may make are too few for a rule. */
  'rule-hard-to-judge': z.object({
    function: z.string(),
    rule: z.enum(['budget', 'regression']),
    metric: z.string(),
    maxInvocations: z.int(),
    /** About how many it takes, of all sides together. */
    neededInvocations: z.int(),
    /** The most that a check may make. */
    mostInvocations: z.int(),
    /** Whether the rule stays inconclusive whatever is measured; otherwise it may. */
    never: z.boolean(),
  }),
  /** A baseline file of one function is compared with another one. */
  'baseline-of-another-name': z.object({
    base: z.string(),
    head: z.string(),
    /** `null` where two result files are compared. */
    file: z.string().nullable(),
  }),
  /** The configuration names a base of which there is no code yet. */
  'new-function': z.object({
    function: z.string(),
    base: z.string(),
    /** Budgets judged it; otherwise nothing did. */
    measured: z.boolean(),
  }),
  /** What else went on where handlers were measured, as shares of the time of the processors. */
  'machine-busy': z.object({ function: z.string(), ...busyFields }),
  'no-baseline': z.object({
    file: z.string(),
    function: z.string(),
    /** Without it no change was judged. */
    unjudged: z.boolean(),
    /** Makes the baseline, as it is typed. */
    command: z.string(),
  }),
} as const;
