import { z } from 'zod';
import { resultHistorySchema } from '../history/traffic.ts';
import { machineSchema } from '../shared/machine.ts';
import { observationsSchema } from '../shared/observation.ts';
import { warningSchema } from '../shared/warnings/warning.ts';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { API_KINDS } from '../shared/trigger.ts';
import { adviceSchema } from './advice.ts';
import { failureSchema } from './failure.ts';
import { sizeReasonSchema } from './size-reason.ts';
import { settledInputSchema, type SettledInput } from './state.ts';

const numberOrNull = z.number().nullable();

const intervalSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() });
/** A point with its 95 % interval. */
export type Interval = DeepReadonly<z.infer<typeof intervalSchema>>;

export const VERDICTS = ['change', 'keep', 'inconclusive'] as const;
export type Verdict = (typeof VERDICTS)[number];

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

const sizeResultSchema = z.object({
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

const timeoutResultSchema = z.object({
  recommendedSeconds: z.int().nullable(),
  quantileMs: z.object({ estimate: numberOrNull, high: numberOrNull }),
  basis: z.enum(['observations', 'fitted-tail', 'insufficient']),
  source: z
    .enum(['experiment', 'history'])
    .exactOptional()
    .describe(
      "whose tail it is: the run's own, or production's, moved to the recommended size by the measured ratio",
    ),
  limits: z
    .array(
      z.object({
        source: z.string(),
        maxSeconds: numberOrNull,
        kind: z
          .enum(API_KINDS)
          .exactOptional()
          .describe('of API Gateway, where its permission tells it'),
      }),
    )
    .describe('callers that wait for the function, and how long'),
  present: z
    .enum(['fits', 'too-tight', 'too-loose'])
    .nullable()
    .exactOptional()
    .describe('how the present timeout does; `null` where too little is known to say'),
  hungCallUsd: z
    .object({ present: numberOrNull, recommended: numberOrNull })
    .exactOptional()
    .describe('what one call that hangs until the timeout costs, at the recommended size'),
  neededObservations: z
    .int()
    .nullable()
    .exactOptional()
    .describe('where the basis is insufficient: how many warm observations a bound takes at least'),
  observed: z
    .object({ ms: z.number(), exceededByAtMost: z.number(), confidence: z.number() })
    .nullable()
    .exactOptional()
    .describe(
      'what the warm observations of the size bound without any assumption: at most this share takes longer',
    ),
});
export type TimeoutResult = DeepReadonly<z.infer<typeof timeoutResultSchema>>;

const moreMeasuringSchema = z.object({ invocations: z.int(), usd: z.number() });
/** What more measuring would cost until the verdict is not inconclusive, as far as can be foreseen. */
export type MoreMeasuring = DeepReadonly<z.infer<typeof moreMeasuringSchema>>;

const monthlyFiguresSchema = z.object({
  invocations: z.number(),
  usd: z.number(),
  presentUsd: numberOrNull.describe('at the present size; `null` where that was not measured'),
  savedUsd: intervalSchema.nullable().describe('`null` where the present size was not measured'),
  coldStartsUsd: numberOrNull.describe(
    "what cold starts are of `usd`, at the input's share; `null` where none was seen",
  ),
});
/** A month at the traffic that the input names. Free tier, volume tiers and savings plans are left out. */
export type MonthlyFigures = DeepReadonly<z.infer<typeof monthlyFiguresSchema>>;

const curveResultSchema = z.object({
  kneeMb: z.int().describe('memory beyond which the function most probably gains nothing'),
  points: z.array(
    z.object({
      memoryMb: z.int(),
      durationMs: intervalSchema,
      costUsdPerMillion: intervalSchema,
    }),
  ),
});
/** The mean duration over memory, as believed: sizes that were not measured too. */
export type CurveResult = DeepReadonly<z.infer<typeof curveResultSchema>>;

const runnerUpSchema = z.object({ memoryMb: z.int(), probability: z.number() });
/** A size that was not recommended, and the probability that it is what the goal asks for. */
export type RunnerUp = DeepReadonly<z.infer<typeof runnerUpSchema>>;

const unsureSchema = z.object({
  what: z.enum([
    'choice',
    'present-size',
    'limits',
    'few-observations',
    'payloads',
    'repeats',
    'interrupted',
    'price',
    'traffic',
  ]),
  probability: numberOrNull.describe(
    '`null` where nothing tells: with too few observations, or where other things were measured or priced than wanted',
  ),
});
/**
 * What keeps a verdict from being `change` or `keep`: that the choice is good enough, that the present size
 * is as good (the choice is sure then), that the limits are kept, that there are values enough to judge, or that
 * calls unlike the payload would not turn it.
 */
export type Unsure = DeepReadonly<z.infer<typeof unsureSchema>>;

const confidenceSchema = z.object({
  withinTolerance: numberOrNull.describe(
    'probability that the recommended size is, within `tolerance`, what the goal asks for; best-value: cheap enough, and as fast as the fastest that is',
  ),
  runnerUp: runnerUpSchema
    .nullable()
    .exactOptional()
    .describe('the size that is it most probably, of the others; `null` where there is no other'),
  unsure: unsureSchema
    .nullable()
    .exactOptional()
    .describe('of an inconclusive verdict, what is unsure, and how probable it is'),
  tolerance: z.number(),
  savingsFraction: intervalSchema
    .nullable()
    .describe('against the current setting; `null` where that was not measured'),
  speedup: intervalSchema.nullable(),
});
export type Confidence = DeepReadonly<z.infer<typeof confidenceSchema>>;

const resultSpentSchema = z.object({
  invocations: z.int(),
  gbSeconds: z.number(),
  usd: z.number(),
  stateTransitions: z.int(),
  workflowUsd: z
    .number()
    .describe("the state transitions, and in the cloud the workflow's own functions"),
  stages: z
    .object({ gbSeconds: z.number(), usd: z.number() })
    .nullable()
    .exactOptional()
    .describe(
      "the workflow's own functions, at most; `null` where it was played here, without any",
    ),
  history: z
    .object({ bytesScanned: z.number(), usd: numberOrNull })
    .nullable()
    .exactOptional()
    .describe(
      "what Logs Insights scanned of production's logs, and what that costs (`usd` is `null` where its price is not known); `null` where it was not asked",
    ),
  wallSeconds: z.number(),
  latestChangedSeconds: numberOrNull
    .exactOptional()
    .describe(
      'how long $LATEST was changed in all, for versions to be published; `null` where nobody can tell',
    ),
});
export type ResultSpent = DeepReadonly<z.infer<typeof resultSpentSchema>>;

const resultRunSchema = z.object({
  id: z.string().describe("the execution's name"),
  startedAt: z.string().describe('ISO 8601, UTC'),
  tool: z.string().describe('version of Powerdial'),
  region: z
    .string()
    .nullable()
    .describe('where it was measured; `null` for handlers on a machine and recorded functions'),
  machine: machineSchema
    .nullable()
    .describe('the machine that handlers ran on; `null` on AWS and for recorded functions'),
  codeSha256: z.string().nullable().describe("of the function's code, as Lambda names it"),
  commit: z
    .string()
    .nullable()
    .describe('of a handler on this machine, where a CI system names it in its environment'),
  payloads: z
    .array(z.string().nullable())
    .describe(
      'names of the files that payloads were read from; `null` for others, empty without any',
    ),
});
/** Which run a result is of: what a page says of itself when it is passed on. */
export type ResultRun = DeepReadonly<z.infer<typeof resultRunSchema>>;

/** What a run answers: the execution's output, and `--json`. Keys are promises (`docs/result.md`). */
export const resultSchema = z.object({
  schemaVersion: z.literal(1),
  emulated: z.boolean().describe('measured on this machine, and not on AWS'),
  emulation: z
    .object({
      cpu: z.string(),
      machine: machineSchema.exactOptional(),
      meter: z
        .literal('posix')
        .exactOptional()
        .describe('`posix`: memory and child processes were looked at now and then, by `ps`'),
      peaks: z
        .array(
          z.object({
            memoryMb: z.int(),
            ephemeralStorageMb: numberOrNull,
            fileDescriptors: numberOrNull,
          }),
        )
        .exactOptional()
        .describe(
          'the most that looks found in the `/tmp` of an environment, and open in all of its processes; `null` where it cannot be known',
        ),
    })
    .exactOptional()
    .describe('how the CPU share was made, and for processes on which machine'),
  verdict: z.enum(VERDICTS),
  recommendation: z.object({
    memoryMb: z.int(),
    timeoutSeconds: z.int().nullable().describe('`null`: no timeout is recommended'),
    sentence: z.string(),
  }),
  target: z.object({
    function: z.string(),
    architecture: z.string(),
    region: z.string(),
    runtime: z.string().nullable(),
  }),
  run: resultRunSchema.exactOptional().describe('results of earlier versions have none'),
  input: settledInputSchema.describe(
    'as it was used: every default filled in, payloads by their hash',
  ),
  current: z.object({ memoryMb: z.int().nullable(), timeoutSeconds: z.int().nullable() }),
  confidence: confidenceSchema,
  sizes: z.array(sizeResultSchema),
  timeout: timeoutResultSchema,
  more: moreMeasuringSchema
    .nullable()
    .exactOptional()
    .describe(
      'only where the verdict is inconclusive; `null` also where no number of invocations would settle it',
    ),
  monthly: monthlyFiguresSchema.nullable().exactOptional(),
  curve: curveResultSchema.nullable().exactOptional(),
  drift: z
    .object({ swing: z.number() })
    .nullable()
    .exactOptional()
    .describe(
      'how everything became slower or faster during the run: slowest period ÷ fastest − 1',
    ),
  history: resultHistorySchema
    .nullable()
    .exactOptional()
    .describe('what production logs say; `null` where they were not asked or did not answer'),
  advice: z
    .array(adviceSchema)
    .exactOptional()
    .describe(
      'what to set around the function, as far as its triggers and its traffic are known: `code`, `message` and facts of each',
    ),
  spent: resultSpentSchema,
  observations: observationsSchema,
  warnings: z.array(warningSchema),
  applied: z
    .object({
      memoryMb: z.int(),
      timeoutSeconds: z.int(),
      alias: z.string().nullable(),
      version: z.string().nullable(),
    })
    .nullable()
    .exactOptional()
    .describe('what was applied, where the input asked for it'),
});
export type Result = DeepReadonly<Omit<z.infer<typeof resultSchema>, 'input'>> & {
  readonly input: SettledInput;
};

/**
 * Returns the JSON Schema of a result, as `docs/result.schema.json` publishes it: later versions may add
 * keys.
 */
export function resultJsonSchema(): object {
  return {
    ...z.toJSONSchema(resultSchema, { io: 'input', unrepresentable: 'any' }),
    title: 'A result of powerdial',
  };
}
