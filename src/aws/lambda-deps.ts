import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Deps } from '../contract/deps.ts';
import { listAliases, pointAlias } from './alias-calls.ts';
import {
  invokeAsynchronously,
  readFailureDestination,
  setEventInvokeConfig,
} from './asynchronous-calls.ts';
import { readFunctionConcurrency, readUnreservedConcurrency } from './concurrency-calls.ts';
import { readConfiguration, updateConfiguration } from './configuration-calls.ts';
import { invoke } from './invoke-call.ts';
import {
  connection,
  controlClient,
  invokeClient,
  type ConnectionOptions,
} from './lambda-client.ts';
import { findLogLines } from './log-calls.ts';
import { readObject } from './object-calls.ts';
import { readTriggers } from './trigger-calls.ts';
import { deleteVersion, listVersions, publishVersion } from './version-calls.ts';

/** Everything about the target that the stages need; `close` frees the sockets. */
export type LambdaDeps = Omit<Deps, 'now' | 'sleep' | 'onProgress' | 'readExecutionStatus'> & {
  readonly close: () => void;
};

/** @param stop ends the waiting for invocations under way when it is aborted */
export function lambdaDeps(options: ConnectionOptions, stop?: AbortSignal): LambdaDeps {
  const control = controlClient(options);
  const invoking = invokeClient(options);
  // Few runs need other services than Lambda, so each is loaded when it is first asked for. An endpoint
  // of one's own (the embedded one) stands for all of them.
  const elsewhere = connection(options);
  const own = options.endpoint !== undefined;
  const sqs = once<SQSClient>(async () => {
    const { SQSClient } = await import('@aws-sdk/client-sqs');
    return new SQSClient({ ...elsewhere, useQueueUrlAsEndpoint: !own });
  });
  const s3 = once<S3Client>(async () => {
    const { S3Client } = await import('@aws-sdk/client-s3');
    return new S3Client({ ...elsewhere, forcePathStyle: own });
  });
  const logs = once<CloudWatchLogsClient>(async () => {
    const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
    return new CloudWatchLogsClient({ ...elsewhere, maxAttempts: 6, retryMode: 'adaptive' });
  });
  return {
    readConfiguration: readConfiguration(control),
    updateConfiguration: updateConfiguration(control),
    publishVersion: publishVersion(control),
    listVersions: listVersions(control),
    deleteVersion: deleteVersion(control),
    listAliases: listAliases(control),
    pointAlias: pointAlias(control),
    readFunctionConcurrency: readFunctionConcurrency(control),
    readUnreservedConcurrency: readUnreservedConcurrency(control),
    readTriggers: readTriggers({ lambda: control, sqs }),
    readObject: readObject(s3),
    findLogLines: findLogLines(logs),
    invokeAsynchronously: invokeAsynchronously(invoking),
    setEventInvokeConfig: setEventInvokeConfig(control),
    readFailureDestination: readFailureDestination(control),
    invoke: invoke(invoking, stop),
    close() {
      control.destroy();
      invoking.destroy();
    },
  };
}

/** Makes something once, when it is first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
