import { z } from 'zod';

/** Kinds of facts that several warnings hold. */

export const memorySchema = z.int();

/** Settings of $LATEST that a run compares with what it found. */
export const settingSchema = z.enum([
  'memory',
  'timeout',
  'system-log-level',
  'description',
  'code',
]);
export type Setting = z.infer<typeof settingSchema>;

/** Why a log group could not be searched: what was called, and what AWS answered. */
export const unreadLogSchema = z.object({
  logGroup: z.string(),
  /** Whether AWS refused it for want of a permission. */
  denied: z.boolean(),
  /** The IAM action. */
  action: z.string(),
  awsCode: z.string(),
  awsMessage: z.string(),
});
export type UnreadLog = z.infer<typeof unreadLogSchema>;

/** What made a machine too busy to judge by; a share that did not is `null`. */
export const busySchema = z.object({
  othersShare: z.number().nullable(),
  stealShare: z.number().nullable(),
  throttledShare: z.number().nullable(),
});
export type Busy = Readonly<z.infer<typeof busySchema>>;

/** Why provisioned concurrency is in no cost. */
export const notPricedSchema = z.object({
  executions: z.int(),
  missing: z.enum(['traffic', 'rates']),
});

/** Returns a list of facts that nobody changes. */
export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z.array(schema).readonly();
}
