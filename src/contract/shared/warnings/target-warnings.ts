import { z } from 'zod';
import { ARCHITECTURES } from '../function-configuration.ts';
import { listOf, memorySchema, settingSchema, unreadLogSchema } from './facts.ts';
import { API_KINDS, TRIGGER_SOURCES } from '../trigger.ts';

const architectureSchema = z.enum(ARCHITECTURES);

/** What is known of prices, limits and of the target before and while it is measured. */
export const TARGET_WARNINGS = {
  /** The peer ignores keys that it does not know. */
  'unknown-input-key': z.object({ key: z.string(), meant: z.string().nullable() }),
  /** A number of the peer's input was beyond its bounds: the nearest one within them was taken. */
  'value-clamped': z.object({ key: z.string(), given: z.number(), taken: z.number() }),
  /** The price table lacks the region: amounts are at the commonest price. */
  'unknown-region-price': z.object({
    region: z.string(),
    architecture: architectureSchema,
    /** Date of the price table. */
    pricesAsOf: z.string(),
    usdPerGbSecond: z.number(),
    billedInEur: z.boolean(),
  }),
  'unknown-ephemeral-storage-price': z.object({
    region: z.string(),
    pricesAsOf: z.string(),
    ephemeralStorageMb: memorySchema,
    /** What every function has at no charge. */
    freeMb: memorySchema,
    usdPerGbSecond: z.number(),
  }),
  'prices-in-cny': z.object({ region: z.string() }),
  /** Fewer invocations are under way at once than the input asks for. */
  'concurrency-capped': z.object({
    concurrency: z.int(),
    wanted: z.int(),
    /** `unreserved`: half of the account's; `reserved`: the function's own; `payload`: Measure's memory. */
    limit: z.enum(['unreserved', 'reserved', 'payload']),
    /** The memory of Measure and the largest payload, where they are the limit. */
    measureMemoryMb: memorySchema.nullable(),
    largestPayloadBytes: z.int().nullable(),
  }),
  /** Answers came without their report, and the log group cannot be searched for it. */
  'late-logs-unread': unreadLogSchema,
  /** Invocations that take longer than they are waited for have no figure: the queue cannot take them. */
  'long-invocations-lost': z.object({
    waitSeconds: z.int(),
    why: z.enum(['processor', 'payload', 'failure-destination', 'log']),
    /** The processor, the payload's bytes, the destination, or the log group. */
    detail: z.string(),
  }),
  /** Another invocation at its worst case could have passed maxUsd. */
  'budget-reached': z.object({
    maxUsd: z.number(),
    /** Planned invocations that were not made; `null` where a check stopped, which plans look by look. */
    notMade: z.int().nullable(),
  }),
  /** Somebody else changed settings during the run: they were left to them. */
  'changed-by-somebody-else': z.object({ settings: listOf(settingSchema) }),
  /** A version that the run published is still there. */
  'version-left': z.object({
    version: z.string(),
    function: z.string(),
    /** `alias`: one points at it; `pending`: AWS refused to delete it for as long as the run waited. */
    cause: z.enum(['alias', 'pending']),
    /** How long the run waited for the deletion; `null` where an alias keeps the version. */
    waitedMinutes: z.number().nullable(),
  }),
  'last-update-failed': z.object({
    function: z.string(),
    reasonCode: z.string().nullable(),
    reason: z.string().nullable(),
  }),
  'runtime-ending': z.object({
    runtime: z.string(),
    /** ISO 8601 dates. */
    deprecated: z.string(),
    updateBlocked: z.string(),
    isDeprecated: z.boolean(),
  }),
  /** A dead run had left the function changed. */
  'earlier-run-put-back': z.object({ run: z.string(), changedSince: listOf(settingSchema) }),
  /** A dead run had left versions. */
  'earlier-run-swept': z.object({
    run: z.string(),
    deleted: z.int(),
    /** Versions that an alias points at: they stay. */
    inUse: listOf(z.string()),
  }),
  /** Callers without a qualifier meet another memory size while versions are published. */
  'unqualified-triggers': z.object({ sources: listOf(z.enum(TRIGGER_SOURCES)) }),
  'triggers-not-read': z.object({ unread: listOf(z.string()) }),
  'trial-left-out': z.object({ worstCaseUsd: z.number(), maxUsd: z.number() }),
  /** The trial ended in an error; a larger size is tried before anything else. */
  'trial-failed': z.object({ memoryMb: z.int(), errorType: z.string().nullable() }),
  'trial-timed-out': z.object({
    memoryMb: z.int(),
    timeoutSeconds: z.int(),
    /** How long its answer was waited for, where the wait ended first. */
    waitedSeconds: z.int().nullable(),
    measureTimeoutSeconds: z.int(),
  }),
  'snap-start-price': z.object({ versions: z.int(), leastUsd: z.number() }),
  /** A tool deploys the function: what is applied lasts until its next deployment. */
  'apply-undone-by-deployment': z.object({
    tool: z.string(),
    /** The tag or the stack that says so; `null` where the tool is all that is known. */
    stack: z.string().nullable(),
    tag: z.string().nullable(),
  }),
  /** Fields of the configuration, by their names here, that somebody changed at once after it was applied. */
  'changed-since-applied': z.object({ fields: listOf(z.string()) }),
  /** Whatever triggers the function waits less long than the timeout. */
  'timeout-beyond-caller': z.object({
    source: z.enum(TRIGGER_SOURCES),
    arn: z.string().nullable(),
    maxSeconds: z.number(),
    /** Of API Gateway, where it is known. */
    kind: z.enum(API_KINDS).exactOptional(),
    timeoutSeconds: z.int(),
  }),
  'timeout-beyond-visibility': z.object({
    queueArn: z.string().nullable(),
    visibilityTimeoutSeconds: z.number(),
    timeoutSeconds: z.int(),
  }),
  'visibility-timeout-short': z.object({
    queueArn: z.string().nullable(),
    visibilityTimeoutSeconds: z.number(),
    /** What AWS advises at least. */
    advisedSeconds: z.number(),
    timeoutSeconds: z.int(),
  }),
  /** What production's logs say is not known; `detail` is AWS's word, a number, or `null`. */
  'history-unread': z.object({
    reason: z.enum([
      'denied',
      'no-log-group',
      'failed',
      'too-expensive',
      'no-answer',
      'query-ended',
      'too-many-rows',
      'no-calls',
      'stage-died',
    ]),
    detail: z.string().nullable(),
  }),
  /** The history of an execution cannot be read, so that its progress cannot be shown. */
  'no-history': z.object({ cause: z.string() }),
} as const;
