import { MAX_MEMORY_MB } from '../../contract/shared/memory.ts';
import { startLoopbackServer, type LoopbackServer } from '../loopback-server.ts';
import { logGroupArn } from '../services/logs/log-group.ts';
import { LogStore, type OlderLines } from '../services/logs/log-store.ts';
import { logsService } from '../services/logs/logs-service.ts';
import { requestListener } from '../services/request-listener.ts';
import { s3Service } from '../services/s3-service.ts';
import { sqsService } from '../services/sqs-service.ts';
import { EmbeddedAccount } from './embedded-account.ts';
import type { LambdaEndpointOptions } from './endpoint-options.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionHost } from './function-host.ts';
import { idSource } from './id-source.ts';
import { lambdaService } from './lambda-service.ts';

export type { LambdaEndpointOptions };

const LOG_MAX_BYTES = 64 * 2 ** 20;
const LOG_SCAN_PER_PAGE = 1000;

export interface LambdaEndpoint {
  /** `http://127.0.0.1:PORT`, for an SDK's `endpoint` or the AWS CLI's `--endpoint-url`. */
  readonly url: string;
  /** Offers one more function and returns its ARN. */
  addFunction(definition: FunctionDefinition): string;
  /** Adds lines to a log group that were written some time ago. */
  addLog(lines: OlderLines): void;
  /** Ends every host, connection and the port; again is no error. */
  close(): Promise<void>;
}

/**
 * Lambda's HTTP API on loopback, for any AWS SDK and the AWS CLI, with the semantics that AWS
 * documents: see `EmbeddedFunction`. What runs the functions is up to their hosts, which the endpoint
 * closes with itself. The few operations of CloudWatch Logs, SQS and S3 that a run needs are on the
 * same port, because a client that is given an endpoint uses it for all of them.
 */
export async function startLambdaEndpoint(
  options: LambdaEndpointOptions = {},
): Promise<LambdaEndpoint> {
  const closing = new AbortController();
  const account = accountOf(options, closing.signal);
  // Deleting a function does not end its host: others may share it.
  const hosts = new Set<FunctionHost>();
  const addFunction = (definition: FunctionDefinition): string => {
    const { arn } = account.add(definition);
    hosts.add(definition.host);
    return arn;
  };
  for (const definition of options.functions ?? []) addFunction(definition);
  for (const group of Object.keys(options.logGroups ?? {})) account.logs.createGroup(group);

  const listener = requestListener({
    services: [
      logsService({
        store: account.logs,
        scanPerPage: options.logScanPerPage ?? LOG_SCAN_PER_PAGE,
        account: '123456789012',
        settingsOf: (group) => ({
          class: options.logGroupClass ?? 'STANDARD',
          ...options.logGroups?.[group],
        }),
        arnOf: (group) =>
          logGroupArn(account.functions()[0]?.definition.region ?? 'us-east-1', group),
        behaviour: options.queries ?? {},
        newId: account.settings.ids.newId,
        now: account.settings.now,
        closing: closing.signal,
        inBackground: (work) => account.inBackground(work),
      }),
      sqsService(options.queues ?? []),
      s3Service(options.objects ?? {}),
      lambdaService(account),
    ],
    intercept: options.intercept ?? (() => undefined),
    newId: account.settings.ids.newId,
  });
  const server = await startLoopbackServer(listener, options.port);
  let closed: Promise<void> | null = null;
  return {
    url: server.url,
    addFunction,
    addLog: (lines) => account.logs.offer(lines),
    close: () => {
      closing.abort();
      return (closed ??= close(server, hosts, account));
    },
  };
}

function accountOf(options: LambdaEndpointOptions, closing: AbortSignal): EmbeddedAccount {
  const now = options.now ?? Date.now;
  const publishDelayMs = options.publishDelayMs ?? 0;
  const logs = new LogStore({
    maxBytes: options.logMaxBytes ?? LOG_MAX_BYTES,
    delayMs: options.logDelayMs ?? 0,
    now,
  });
  const settings = {
    concurrency: options.accountConcurrency ?? 1000,
    maxMemoryMb: options.maxMemoryMb ?? MAX_MEMORY_MB,
    updateDelayMs: options.updateDelayMs ?? 0,
    publishDelayMs,
    snapshotDelayMs: options.snapshotDelayMs ?? publishDelayMs,
    concurrentSnapshots: options.concurrentSnapshots ?? 1,
    eventRetryMs: options.eventRetryMs ?? 60_000,
    eventThrottledMs: options.eventThrottledMs ?? 1000,
    tailWithoutReport: options.tailWithoutReport ?? false,
    ids: idSource(options.seed),
    now,
  };
  return new EmbeddedAccount(settings, logs, closing);
}

async function close(
  server: LoopbackServer,
  hosts: ReadonlySet<FunctionHost>,
  account: EmbeddedAccount,
): Promise<void> {
  const closed = server.close();
  const results = await Promise.allSettled([...hosts].map((host) => host.close()));
  await closed;
  const failures = [
    ...results.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : [])),
    ...(await account.settled()),
  ];
  if (failures.length > 0) {
    throw new AggregateError(failures, 'Close the embedded Lambda endpoint: not everything ended');
  }
}
