import type { QueryBehaviour } from '../services/logs/insights/query-job.ts';
import type { LogGroupClass, LogGroupSettings } from '../services/logs/log-group.ts';
import type { EmbeddedObjects } from '../services/s3-service.ts';
import type { EmbeddedQueue } from '../services/sqs-service.ts';
import type { Intercept } from './fault.ts';
import type { FunctionDefinition } from './function-definition.ts';

export interface LambdaEndpointOptions {
  readonly functions?: readonly FunctionDefinition[];
  /** Invocations that may be under way at once in the whole account. @default 1000 */
  readonly accountConcurrency?: number;
  /** The largest memory size of the account; new accounts have 3008. @default 10240 */
  readonly maxMemoryMb?: number;
  /** The same ids and alias choices every time; without one they are random. */
  readonly seed?: number;
  /** How long an update of $LATEST stays InProgress. @default 0 */
  readonly updateDelayMs?: number;
  /** How long a published version stays Pending, and provisioned concurrency IN_PROGRESS. @default 0 */
  readonly publishDelayMs?: number;
  /** How long a published version with SnapStart stays Pending. @default publishDelayMs */
  readonly snapshotDelayMs?: number;
  /** SnapStart versions that may be Pending at once; one more is a 429. @default 1 */
  readonly concurrentSnapshots?: number;
  /** Before the first retry of an event that failed; the second waits twice as long. @default 60000 */
  readonly eventRetryMs?: number;
  /** Before the first retry of an event that was throttled; doubles up to 5 minutes. @default 1000 */
  readonly eventThrottledMs?: number;
  /** As behind a chatty extension: the log's tail ends before the report. @default false */
  readonly tailWithoutReport?: boolean;
  /** How long after an invocation its lines can be found in CloudWatch Logs. @default 0 */
  readonly logDelayMs?: number;
  /** The most that CloudWatch Logs keeps; the oldest lines go first. @default 64 MiB */
  readonly logMaxBytes?: number;
  /** Invocations that a page of FilterLogEvents looks at: fewer make more empty pages. @default 1000 */
  readonly logScanPerPage?: number;
  /** The class of all log groups: the events of the other one are for Logs Insights only. @default 'STANDARD' */
  readonly logGroupClass?: LogGroupClass;
  /** Log groups that are there from the start, with what differs from the others. @default none */
  readonly logGroups?: Readonly<Record<string, LogGroupSettings>>;
  /** How queries of Logs Insights take their time. @default at once */
  readonly queries?: QueryBehaviour;
  /** The queues of SQS. @default none */
  readonly queues?: readonly EmbeddedQueue[];
  /** The objects of S3, by their `s3://bucket/key`. @default none */
  readonly objects?: EmbeddedObjects;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Puts faults in the way of requests, whatever service they are for. */
  readonly intercept?: Intercept;
  /** @default any that is free */
  readonly port?: number;
}
