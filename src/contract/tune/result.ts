import { z } from 'zod';
import { resultHistorySchema } from '../history/traffic.ts';
import { machineSchema } from '../shared/machine.ts';
import { observationsSchema } from '../shared/observation.ts';
import { warningSchema } from '../shared/warnings/warning.ts';
import type { DeepReadonly } from '../shared/deep-readonly.ts';
import { adviceSchema } from './advice.ts';
import { confidenceSchema } from './confidence.ts';
import { intervalSchema } from './interval.ts';
import { resultFactsSchema } from './result-facts.ts';
import { resultRunSchema } from './result-run.ts';
import { resultSpentSchema } from './result-spent.ts';
import { sizeResultSchema } from './size-result.ts';
import { settledInputSchema, type SettledInput } from './settled-input.ts';
import { timeoutResultSchema } from './timeout-result.ts';

const numberOrNull = z.number().nullable();

export const VERDICTS = ['change', 'keep', 'inconclusive'] as const;
export type Verdict = (typeof VERDICTS)[number];

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
  facts: resultFactsSchema
    .exactOptional()
    .describe(
      'what the recommendation rests on beside the observations, so that it can be made anew for another goal; results of earlier versions have none',
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
