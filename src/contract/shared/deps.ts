import type { Observation } from './observation.ts';
import type { QueryCalls } from '../history/deps.ts';
import type { Trigger } from './trigger.ts';
import type { FunctionConfiguration, LoggingConfiguration } from './function-configuration.ts';
import type { FunctionRef } from './function-ref.ts';
import type {
  Invoke,
  ProveInvoke,
  InvokeAsynchronously,
  SetEventInvokeConfig,
  ReadFailureDestination,
} from './invoke-calls.ts';

/**
 * What the stages need from the world: one narrow function type a thing. `src/aws` implements them on
 * the AWS SDK; there is no second implementation, only other endpoints. Every one may throw `AwsError`.
 */

export type ReadConfiguration = (ref: FunctionRef) => Promise<FunctionConfiguration>;

/** Changes $LATEST in one atomic call; absent fields stay. Fails with kind `precondition` when the revision is not the current one. */
export type UpdateConfiguration = (change: {
  readonly functionName: string;
  readonly revisionId: string;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  readonly description?: string;
  /** Sent whole, never in part. */
  readonly logging?: LoggingConfiguration;
}) => Promise<FunctionConfiguration>;

/** Publishes $LATEST as a version with a description of its own. AWS returns the last version instead of a new one when nothing changed since. */
export type PublishVersion = (request: {
  readonly functionName: string;
  readonly revisionId: string;
  readonly codeSha256: string;
  readonly description: string;
}) => Promise<FunctionConfiguration>;

/** All published versions, $LATEST left out, in no promised order. */
export type ListVersions = (functionName: string) => Promise<readonly FunctionConfiguration[]>;

export interface AllVersions {
  /** $LATEST as lists tell it: without its state, and without whether an update is in progress. */
  readonly latest: Omit<
    FunctionConfiguration,
    | 'state'
    | 'stateReason'
    | 'lastUpdateStatus'
    | 'lastUpdateStatusReason'
    | 'lastUpdateStatusReasonCode'
  >;
  readonly versions: readonly FunctionConfiguration[];
}

/** $LATEST and all published versions at once. */
export type ListAllVersions = (functionName: string) => Promise<AllVersions>;

/** Deletes one version. The qualifier is not optional: without one AWS deletes the whole function. */
export type DeleteVersion = (ref: {
  readonly functionName: string;
  readonly version: string;
}) => Promise<void>;

export interface AliasConfiguration {
  readonly name: string;
  readonly version: string;
  readonly revisionId: string;
  /** Versions that share the alias's traffic with `version`: a weighted alias has one. */
  readonly additionalVersions: readonly string[];
}

export type ListAliases = (functionName: string) => Promise<readonly AliasConfiguration[]>;

export type PointAlias = (change: {
  readonly functionName: string;
  readonly name: string;
  readonly version: string;
  readonly revisionId: string;
}) => Promise<AliasConfiguration>;

/** Makes an alias that points at a version; fails with kind `conflict` where there is one of that name. */
export type CreateAlias = (alias: {
  readonly functionName: string;
  readonly name: string;
  readonly version: string;
}) => Promise<AliasConfiguration>;

export interface FunctionConcurrency {
  /** The function's own reservation, `null` where it has none. */
  readonly reserved: number | null;
  /**
   * What its aliases and versions keep ready, all together; taken out of the reservation where there is one.
   * `null` where that may not be read.
   */
  readonly provisioned: number | null;
}

export type ReadFunctionConcurrency = (functionName: string) => Promise<FunctionConcurrency>;

/** The account's concurrency that no function has reserved. */
export type ReadUnreservedConcurrency = () => Promise<number>;

/**
 * What triggers the function, as far as it leaves a trace on it or on one of these aliases.
 * `unread` says what could not be read, in words; `latestUnread` whether callers of $LATEST may be in it.
 */
export type ReadTriggers = (
  functionName: string,
  aliases: readonly string[],
) => Promise<{
  readonly triggers: readonly Trigger[];
  readonly unread: readonly string[];
  readonly latestUnread: boolean;
}>;

/** The text of an object in S3, by its `s3://bucket/key`. */
export type ReadObject = (uri: string) => Promise<string>;

/** The status of an execution of Step Functions; `null` where it cannot be told. */
export type ReadExecutionStatus = (executionArn: string) => Promise<string | null>;

/** An event of CloudWatch Logs. */
export interface LogEvent {
  readonly message: string;
  readonly stream: string;
}

/** Events of a group that hold a text, written in a window of time, oldest first in each stream's day. */
export type FindLogEvents = (query: {
  readonly logGroup: string;
  readonly text: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** With what the names of the streams begin that are searched, one after the other; `null`: all streams. */
  readonly streamPrefixes: readonly string[] | null;
  /** The search ends then, wherever it is. */
  readonly withinMs: number;
}) => Promise<{
  readonly events: readonly LogEvent[];
  /** Whether everything was searched; otherwise there may be more. */
  readonly isWhole: boolean;
}>;

/** The tags of a function, by its ARN without a qualifier. */
export type ReadTags = (functionArn: string) => Promise<Readonly<Record<string, string>>>;

/** How far the provisioned concurrency of an alias is allocated, in AWS's word; `null` where it has none. */
export type ReadAllocation = (ref: {
  readonly functionName: string;
  readonly qualifier: string;
}) => Promise<string | null>;

/** Milliseconds since the epoch. */
export type Now = () => number;

/** Waits; ends early with an error when the run is interrupted. */
export type Sleep = (ms: number) => Promise<void>;

/** Told while a round is measured, after every observation; the cloud has no use for it. */
export type OnProgress = (progress: {
  readonly memoryMb: number;
  readonly done: number;
  readonly planned: number;
  readonly usd: number;
  /** What was measured, so that a run that is interrupted can still tell it. */
  readonly observation: Observation;
}) => void;

/** Everything together; each stage picks what it uses. */
export interface Deps extends QueryCalls {
  /** Whether the calls go to AWS itself, and not to an endpoint that somebody set. */
  readonly isOnAws: boolean;
  readonly readConfiguration: ReadConfiguration;
  readonly updateConfiguration: UpdateConfiguration;
  readonly publishVersion: PublishVersion;
  readonly listVersions: ListVersions;
  readonly listAllVersions: ListAllVersions;
  readonly deleteVersion: DeleteVersion;
  readonly listAliases: ListAliases;
  readonly pointAlias: PointAlias;
  readonly createAlias: CreateAlias;
  readonly readFunctionConcurrency: ReadFunctionConcurrency;
  readonly readUnreservedConcurrency: ReadUnreservedConcurrency;
  readonly readTriggers: ReadTriggers;
  readonly readObject: ReadObject;
  readonly readExecutionStatus: ReadExecutionStatus;
  readonly findLogEvents: FindLogEvents;
  readonly invokeAsynchronously: InvokeAsynchronously;
  readonly setEventInvokeConfig: SetEventInvokeConfig;
  readonly readFailureDestination: ReadFailureDestination;
  readonly readTags: ReadTags;
  readonly readAllocation: ReadAllocation;
  readonly invoke: Invoke;
  readonly proveInvoke: ProveInvoke;
  readonly now: Now;
  readonly sleep: Sleep;
  readonly onProgress: OnProgress;
}
