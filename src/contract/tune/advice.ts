import { z } from 'zod';
import type { Json } from '../shared/json.ts';
import { listOf, memorySchema } from '../shared/warnings/facts.ts';
import { API_KINDS, TRIGGER_SOURCES } from '../shared/trigger.ts';

const intervalSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() });

/** An event source mapping: what it reads, by its kind and its ARN. */
const sourceSchema = z.object({ source: z.enum(TRIGGER_SOURCES), arn: z.string().nullable() });

/** What a queue, a stream and an API need of the timeout and of the durations that were measured. */
const TRIGGER_ADVICE = {
  'queue-visibility': z
    .object({
      queueArn: z.string().nullable(),
      visibilityTimeoutSeconds: z.number(),
      batchingWindowSeconds: z.number(),
      timeoutSeconds: z.int(),
      /** What AWS advises at least. */
      advisedSeconds: z.number(),
      fits: z.boolean(),
    })
    .describe('how long a queue hides a message, beside the timeout'),
  'queue-dead-letters': z
    .object({
      queueArn: z.string().nullable(),
      deadLetterArn: z.string().nullable(),
      maxReceiveCount: z.int().nullable(),
      /** What AWS advises at least. */
      leastReceives: z.int(),
      fits: z.boolean(),
    })
    .describe('where messages go that fail again and again'),
  'item-failures': sourceSchema
    .extend({ batchSize: z.int() })
    .describe('one bad record makes the whole batch come back'),
  'stream-window': sourceSchema
    .extend({
      batchSize: z.int().nullable(),
      batchingWindowSeconds: z.number(),
      /** What 99 % of the measured invocations kept within. */
      slowMs: z.number(),
      /** How long a record is to wait at most until it is worked on. */
      withinMs: z.number(),
      /** The longest window that keeps to it. */
      mostWindowSeconds: z.int(),
      fits: z.boolean(),
    })
    .describe('how long a stream gathers a batch, beside how long batches take'),
  'stream-failures': sourceSchema
    .extend({
      endlessRetries: z.boolean(),
      bisects: z.boolean(),
      failureDestination: z.string().nullable(),
    })
    .describe('what a stream does with a batch that fails'),
  'api-wait': z
    .object({
      arn: z.string().nullable(),
      /** `null` where nothing tells: `maxSeconds` is then a REST API's. */
      kind: z.enum(API_KINDS).nullable(),
      maxSeconds: z.number(),
      timeoutSeconds: z.int(),
      /** The slowest that is to be expected, or that was seen. */
      slowestMs: z.number(),
      fits: z.boolean(),
    })
    .describe('how long API Gateway waits for an answer, by the kind of API'),
} as const;

/** Terms of what a rate takes. */
const demandSchema = z.object({
  invocationsPerSecond: z.number(),
  /** As the input names it, or the mean of the month's traffic, which knows no peaks. */
  basis: z.enum(['rate', 'month']),
  /** Environments that are busy on average, with the interval of the mean duration. */
  busy: intervalSchema,
  /** Of the invocations, that may find no environment. */
  share: z.number(),
  executions: z.int(),
});

/** What the rate of invocations takes. */
const CONCURRENCY_ADVICE = {
  'reserved-concurrency': demandSchema
    .extend({
      /** What decides: the invocations under way, their rate, or what a queue takes at least. */
      bound: z.enum(['load', 'rate', 'queue']),
    })
    .describe('the reservation that throttles hardly any invocation at a rate'),
  'provisioned-concurrency': demandSchema
    .extend({
      memoryMb: memorySchema,
      /** Of what is held, the part that is busy. */
      use: z.number(),
      /** Above this use it costs less than on demand; `null` where no source for the rates was found. */
      breakEvenUse: z.number().nullable(),
      /** How many of them are used so much. */
      payingExecutions: z.int().nullable(),
      /** At that rate all month long: for being held, in all, and on demand. */
      usdPerMonth: z.object({ held: z.number(), all: z.number(), onDemand: z.number() }).nullable(),
    })
    .describe('environments that are kept ready for a rate, and what they cost'),
} as const;

const RECORD_ADVICE = {
  'record-batches': z
    .object({
      memoryMb: memorySchema,
      currency: z.enum(['USD', 'CNY']),
      batches: listOf(
        z.object({
          /** Its place in the input. */
          payload: z.int(),
          records: z.int(),
          /** Warm ones that ended well. */
          invocations: z.int(),
          durationMs: z.object({
            mean: z.number(),
            low: z.number().nullable(),
            high: z.number().nullable(),
          }),
          msPerRecord: z.number(),
          costUsdPerMillionRecords: z.number(),
        }),
      ),
      /** What a batch takes whatever is in it, and each record; `null` where the batches do not tell it. */
      line: z.object({ perBatchMs: z.number(), perRecordMs: z.number() }).nullable(),
    })
    .describe('what a record takes and costs, by how many a batch holds'),
  'batch-rate': sourceSchema
    .extend({
      per: z.enum(['shard', 'queue']),
      /** Batches under way at once. */
      atOnce: z.int(),
      /** Of the batch that was measured: the largest that the mapping takes. */
      records: z.int(),
      batchSize: z.int().nullable(),
      recordsPerSecond: intervalSchema,
      /** What a shard takes at most; `null` where that is not told in records. */
      takesPerSecond: z.number().nullable(),
      fits: z.boolean().nullable(),
    })
    .describe('how many records a second a shard, or the mapping of a queue, handles'),
} as const;

/** How people describe what they deploy. */
export const PROJECTS = ['cloudformation', 'sam', 'cdk', 'serverless', 'terraform'] as const;
export type Project = (typeof PROJECTS)[number];

/** An alarm of CloudWatch; `snippet` beside it has it in the words of the project. */
const alarmSchema = z.object({
  functionName: z.string(),
  /** `null` where the function's tags do not tell. */
  project: z.enum(PROJECTS).nullable(),
  /** Of the function in its template. */
  logicalId: z.string().nullable(),
  periodSeconds: z.int(),
  /** All of so many periods. */
  periods: z.int(),
  thresholdMs: z.number(),
});

const ALARM_ADVICE = {
  'duration-alarm': alarmSchema
    .extend({ statistic: z.literal('p90'), timeoutSeconds: z.int() })
    .describe('an alarm for durations that approach the timeout'),
  'iterator-age-alarm': alarmSchema
    .extend({ statistic: z.literal('Maximum') })
    .describe('an alarm for records of a stream that wait'),
} as const;

/** Every piece of advice by its code, with the schema of its facts. Codes are promises. */
export const ADVICE = {
  ...TRIGGER_ADVICE,
  ...CONCURRENCY_ADVICE,
  ...RECORD_ADVICE,
  ...ALARM_ADVICE,
} as const;

/** What is about metrics of AWS, and so of no function that was emulated. */
export const ALARM_CODES: readonly string[] = Object.keys(ALARM_ADVICE);

export type AdviceCode = keyof typeof ADVICE;
export type AdviceFactsOf<Code extends AdviceCode> = Readonly<z.infer<(typeof ADVICE)[Code]>>;

/** What core decides: a code and its facts, and no sentence. */
export type AdviceFacts = {
  readonly [Code in AdviceCode]: { readonly code: Code } & AdviceFactsOf<Code>;
}[AdviceCode];

/** Code beside an alarm: `language` is that of a block of Markdown. */
export const snippetSchema = z.object({
  language: z.string().regex(/^[a-z]+$/),
  text: z.string(),
});

const jsonSchema: z.ZodType<Json> = z.json();

/** As it stands in a result: code, sentence and facts. Later versions may have codes that are unknown here. */
export const adviceSchema = z
  .object({ code: z.string(), message: z.string() })
  .catchall(jsonSchema);
/** What to set around the function: `code` and facts for programs, `message` for people. */
export type Advice = Readonly<z.infer<typeof adviceSchema>>;
