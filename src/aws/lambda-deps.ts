import type {
  CloudWatchLogsClient,
  CloudWatchLogsClientConfig,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Deps } from '../contract/shared/deps.ts';
import { createAlias, listAliases, pointAlias } from './alias-calls.ts';
import { callUntil } from './call-until.ts';
import {
  invokeAsynchronously,
  readFailureDestination,
  setEventInvokeConfig,
} from './asynchronous-calls.ts';
import {
  readAllocation,
  readFunctionConcurrency,
  readUnreservedConcurrency,
} from './concurrency-calls.ts';
import { readTags } from './tag-calls.ts';
import { readConfiguration, updateConfiguration } from './configuration-calls.ts';
import { invoke } from './invoke-call.ts';
import { invokeClients } from './clients-by-region.ts';
import { connection, controlClient, type ConnectionOptions } from './lambda-client.ts';
import { findLogEvents } from './log-calls.ts';
import { readObject } from './object-calls.ts';
import { proveInvoke } from './prove-invoke.ts';
import { queryCalls } from './query-calls.ts';
import { readTriggers } from './trigger-calls.ts';
import { deleteVersion, listAllVersions, listVersions, publishVersion } from './version-calls.ts';

/** Everything about the target that the stages need. `close` frees the sockets. */
export type LambdaDeps = Omit<Deps, 'now' | 'sleep' | 'onProgress' | 'readExecutionStatus'> & {
  /** Returns the calls about functions again, which begin no attempt once the signal is aborted. */
  readonly callsUntil: (stopped: AbortSignal) => FunctionCalls;
  readonly close: () => void;
};

type FunctionCalls = ReturnType<typeof functionCalls>;

const QUERY_CONNECTION_MS = 2000;
const QUERY_ANSWER_MS = 5000;

/** @param stop when it is aborted, nobody waits for the invocations under way any longer */
export function lambdaDeps(options: ConnectionOptions, stop?: AbortSignal): LambdaDeps {
  const control = controlClient(options);
  const invoking = invokeClients(options);
  // Few runs need other services than Lambda, so each is loaded when it is first asked for. An endpoint
  // of one's own (the embedded one) stands for all of them.
  const elsewhere = {
    ...connection(options),
    requestHandler: { requestTimeout: 20_000, throwOnRequestTimeout: true },
  };
  const own = options.endpoint !== undefined;
  const sqs = makeOnce<SQSClient>(async () => {
    const { SQSClient } = await import('@aws-sdk/client-sqs');
    // A queue is in the Region of the function that it triggers, which is the client's. The SDK's default
    // (the host of the queue's URL) would pass over an endpoint from the environment or the profile.
    return new SQSClient({ ...elsewhere, useQueueUrlAsEndpoint: false });
  });
  const s3 = makeOnce<S3Client>(async () => {
    const { S3Client } = await import('@aws-sdk/client-s3');
    // A payload's bucket need not be where the target is.
    return new S3Client({ ...elsewhere, forcePathStyle: own, followRegionRedirects: true });
  });
  const logsClient = (more: CloudWatchLogsClientConfig) =>
    makeOnce<CloudWatchLogsClient>(async () => {
      const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
      return new CloudWatchLogsClient({ ...elsewhere, ...more });
    });
  const logs = logsClient({ maxAttempts: 6, retryMode: 'adaptive' });
  // What production did is not worth waiting for: one more attempt, and not for long.
  const queries = logsClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: QUERY_CONNECTION_MS,
      requestTimeout: Math.min(QUERY_ANSWER_MS, options.requestTimeoutMs ?? QUERY_ANSWER_MS),
      throwOnRequestTimeout: true,
    },
  });
  return {
    isOnAws: !own && !hasOwnEndpoint(),
    ...queryCalls(queries),
    ...functionCalls(control, sqs),
    callsUntil: (stopped) => functionCalls(callUntil(control, stopped), sqs),
    readObject: readObject(s3),
    findLogEvents: findLogEvents(logs),
    invokeAsynchronously: invokeAsynchronously(invoking),
    invoke: invoke(invoking, stop),
    close() {
      control.destroy();
      invoking.destroy();
      for (const made of [sqs.made(), s3.made(), logs.made(), queries.made()]) {
        void made?.then((client) => client.destroy());
      }
    },
  };
}

/** The SDK takes an endpoint for all services, or for one, from the environment as well. */
function hasOwnEndpoint(): boolean {
  return Object.entries(process.env).some(
    ([name, value]) => name.startsWith('AWS_ENDPOINT_URL') && value !== undefined && value !== '',
  );
}

/** Returns the calls that read and change functions. None of them runs a function. */
function functionCalls(
  client: LambdaClient,
  sqs: () => Promise<SQSClient>,
): Pick<
  Deps,
  | 'readConfiguration'
  | 'updateConfiguration'
  | 'publishVersion'
  | 'listVersions'
  | 'listAllVersions'
  | 'deleteVersion'
  | 'listAliases'
  | 'pointAlias'
  | 'createAlias'
  | 'readFunctionConcurrency'
  | 'readUnreservedConcurrency'
  | 'readTriggers'
  | 'setEventInvokeConfig'
  | 'readFailureDestination'
  | 'readTags'
  | 'readAllocation'
  | 'proveInvoke'
> {
  return {
    readConfiguration: readConfiguration(client),
    updateConfiguration: updateConfiguration(client),
    publishVersion: publishVersion(client),
    listVersions: listVersions(client),
    listAllVersions: listAllVersions(client),
    deleteVersion: deleteVersion(client),
    listAliases: listAliases(client),
    pointAlias: pointAlias(client),
    createAlias: createAlias(client),
    readFunctionConcurrency: readFunctionConcurrency(client),
    readUnreservedConcurrency: readUnreservedConcurrency(client),
    readTriggers: readTriggers({ lambda: client, sqs }),
    setEventInvokeConfig: setEventInvokeConfig(client),
    readFailureDestination: readFailureDestination(client),
    readTags: readTags(client),
    readAllocation: readAllocation(client),
    proveInvoke: proveInvoke(client),
  };
}

/**
 * Makes something when it is first asked for, and returns the same one after that. `made` is `null` until
 * then.
 */
function makeOnce<T>(
  make: () => Promise<T>,
): (() => Promise<T>) & { made: () => Promise<T> | null } {
  let made: Promise<T> | null = null;
  return Object.assign(() => (made ??= make()), { made: () => made });
}
