import { z } from 'zod';

/**
 * What invokes a function, in the words of its event source mappings and of its policy's principals.
 * `other` is a principal that this list does not know.
 */
export const TRIGGER_SOURCES = [
  'sqs',
  'kinesis',
  'dynamodb',
  'kafka',
  'mq',
  'documentdb',
  'apigateway',
  'alb',
  'function-url',
  'cognito',
  'lexv2',
  'cloudformation',
  'codepipeline',
  's3',
  'sns',
  'events',
  'scheduler',
  'iot',
  'ses',
  'appsync',
  'cloudfront',
  'logs',
  'config',
  'secretsmanager',
  'other',
] as const;

export const API_KINDS = ['rest', 'http', 'websocket'] as const;
/** Kinds of APIs in API Gateway, which differ in how long they wait. */
export type ApiKind = (typeof API_KINDS)[number];

const mappingSchema = z.object({
  batchSize: z.int().nullable(),
  /** Batches of one shard that are worked on at once; streams only. */
  parallelization: z.int().nullable(),
  /** Invocations at once that a queue may cause; `null` where it has no bound. */
  maxConcurrency: z.int().nullable(),
  /** How often a failed batch is tried again; −1 until its records expire, as `null` of a stream does. */
  retries: z.int().nullable(),
  /** After which a record of a failed batch is given up; −1 never. */
  maxRecordAgeSeconds: z.int().nullable(),
  /** A failed batch is cut in two before it is tried again. */
  bisects: z.boolean(),
  /** The function tells which records failed, and the others are not tried again. */
  reportsItemFailures: z.boolean(),
  /** Where records that were given up are sent. */
  failureDestination: z.string().nullable(),
});
/** The settings of an event source mapping (CreateEventSourceMapping, Lambda API reference, 2026-11). */
export type Mapping = z.infer<typeof mappingSchema>;

const redriveSchema = z.object({
  /** `null`: failed messages come back until they expire. */
  deadLetterArn: z.string().nullable(),
  maxReceiveCount: z.int().nullable(),
});
/** What a queue does with messages that fail (GetQueueAttributes, SQS API reference, 2026-11). */
export type Redrive = z.infer<typeof redriveSchema>;

export const triggerSchema = z.object({
  source: z.enum(TRIGGER_SOURCES),
  /** What triggers: a queue, an API, a user pool; `null` where the policy names none. */
  arn: z.string().nullable(),
  /** True when it calls the function without a version or alias, and so runs $LATEST. */
  unqualified: z.boolean(),
  /** Queues only; `null` where it could not be read. */
  visibilityTimeoutSeconds: z.number().nullable(),
  /** Event source mappings only. */
  batchingWindowSeconds: z.number().nullable(),
  /** Event source mappings only; states of earlier versions have none. */
  mapping: mappingSchema.exactOptional(),
  /** Queues only; `null` where it could not be read. States of earlier versions have none. */
  redrive: redriveSchema.nullable().exactOptional(),
});

/**
 * One trigger of the target that leaves a trace on it. Callers that leave none (EventBridge Scheduler and
 * Pipes, Step Functions, other code) are never among these, so no list of triggers is complete.
 */
export type Trigger = z.infer<typeof triggerSchema>;
