import { z } from 'zod';
import type { Json } from '../shared/json.ts';
import { API_KINDS, TRIGGER_SOURCES } from '../shared/trigger.ts';

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
  busy: z.object({ estimate: z.number(), low: z.number(), high: z.number() }),
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
      memoryMb: z.int(),
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

/** Every piece of advice by its code, with the schema of its facts. Codes are promises. */
export const ADVICE = { ...TRIGGER_ADVICE, ...CONCURRENCY_ADVICE } as const;

export type AdviceCode = keyof typeof ADVICE;
export type AdviceFactsOf<Code extends AdviceCode> = Readonly<z.infer<(typeof ADVICE)[Code]>>;

/** What core decides: a code and its facts, and no sentence. */
export type AdviceFacts = {
  readonly [Code in AdviceCode]: { readonly code: Code } & AdviceFactsOf<Code>;
}[AdviceCode];

const jsonSchema: z.ZodType<Json> = z.json();

/** As it stands in a result: code, sentence and facts. Later versions may have codes that are unknown here. */
export const adviceSchema = z
  .object({ code: z.string(), message: z.string() })
  .catchall(jsonSchema);
/** What to set around the function: `code` and facts for programs, `message` for people. */
export type Advice = Readonly<z.infer<typeof adviceSchema>>;
