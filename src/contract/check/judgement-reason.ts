import { z } from 'zod';
import { METRICS } from './metric.ts';
import { machineSchema } from '../shared/machine.ts';
import { busySchema, notPricedSchema } from '../shared/warnings/facts.ts';

const sideSchema = z.enum(['base', 'head']);
const verdictSchema = z.string();

/** What stored baselines and heads are measured on, and may differ in. */
export const ENVIRONMENT_FIELDS = [
  'architecture',
  'region',
  'memoryMb',
  'runtime',
  'layers',
  'emulation',
  'machine',
  'toolSchema',
  'payloads',
] as const;

const environmentValueSchema = z.union([
  z.string(),
  z.number(),
  z.array(z.string()).readonly(),
  machineSchema.readonly(),
  z.null(),
]);

export const judgementReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('no-samples') }),
  z.object({ code: z.literal('no-baseline') }),
  /** Base and head were measured on different things. */
  z.object({
    code: z.literal('other-environment'),
    differences: z
      .array(
        z.object({
          field: z.enum(ENVIRONMENT_FIELDS),
          base: environmentValueSchema,
          head: environmentValueSchema,
        }),
      )
      .readonly(),
  }),
  /** A budget takes both: samples, and environments that they come from. */
  z.object({
    code: z.literal('few-samples-or-environments'),
    samples: z.int(),
    environments: z.int(),
    leastSamples: z.int(),
    leastEnvironments: z.int(),
  }),
  z.object({
    code: z.literal('few-samples'),
    side: sideSchema,
    samples: z.int(),
    leastSamples: z.int(),
  }),
  z.object({
    code: z.literal('few-environments'),
    side: sideSchema,
    environments: z.int(),
    leastEnvironments: z.int(),
  }),
  /** Nothing can be estimated from them at all. */
  z.object({ code: z.literal('no-estimate') }),
  /** The interval of a quantile is open at one end. */
  z.object({ code: z.literal('few-samples-for-quantile'), metric: z.enum(METRICS) }),
  /** Everything after the trial was far faster than it: the function may know what it has seen. */
  z.object({ code: z.literal('repeats-faster') }),
  /** What the function keeps ready is paid for, and is in no cost. */
  z.object({ code: z.literal('provisioned-not-priced'), ...notPricedSchema.shape }),
  z.object({ code: z.literal('machine-busy'), ...busySchema.shape }),
  /** Somebody ended the check. */
  z.object({ code: z.literal('interrupted') }),
  z.object({ code: z.literal('limit-within-noise') }),
  z.object({ code: z.literal('change-above-limit-possible') }),
  z.object({ code: z.literal('no-change-possible') }),
  /** Nothing may have changed, because a stored baseline may have drifted by as much. */
  z.object({ code: z.literal('drift-possible') }),
  z.object({ code: z.literal('no-known-end'), side: sideSchema }),
  z.object({ code: z.literal('nothing-ended-well') }),
  z.object({ code: z.literal('rise-possible') }),
  /** More of the head fail, but chance cannot be ruled out. */
  z.object({ code: z.literal('chance-possible') }),
  /** The rule regressed at first, and did not when it was measured again. */
  z.object({
    code: z.literal('not-confirmed'),
    /** The change that the first measurement saw: a share, for `errors` of all invocations. */
    change: z.number().nullable(),
    metric: z.enum(METRICS),
    verdict: verdictSchema,
  }),
  z.object({ code: z.literal('undecided-at-first'), verdict: verdictSchema }),
]);
/** Why a rule could not be judged, or was judged as it was, where the numbers do not speak. */
export type JudgementReason = Readonly<z.infer<typeof judgementReasonSchema>>;
