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
});

/**
 * One trigger of the target that leaves a trace on it. Callers that leave none (EventBridge Scheduler and
 * Pipes, Step Functions, other code) are never among these, so no list of triggers is complete.
 */
export type Trigger = z.infer<typeof triggerSchema>;
