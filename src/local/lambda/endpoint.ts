import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_MEMORY_MB } from '../../contract/memory.ts';
import { EmbeddedAccount } from './embedded-account.ts';
import type { Intercept } from './fault.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionHost } from './function-host.ts';
import { idSource } from './id-source.ts';
import { requestListener } from './request-listener.ts';

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
  /** How long a published version stays Pending. @default 0 */
  readonly publishDelayMs?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Puts faults in the way of requests. */
  readonly intercept?: Intercept;
}

export interface LambdaEndpoint {
  /** `http://127.0.0.1:PORT`, for an SDK's `endpoint` or the AWS CLI's `--endpoint-url`. */
  readonly url: string;
  /** Offers one more function and returns its ARN. */
  addFunction(definition: FunctionDefinition): string;
  /** Ends every host, connection and the port; again is no error. */
  close(): Promise<void>;
}

/**
 * Lambda's HTTP API on loopback, for any AWS SDK and the AWS CLI, with the semantics that AWS
 * documents: see `EmbeddedFunction`. What runs the functions is up to their hosts, which the endpoint
 * closes with itself.
 */
export async function startLambdaEndpoint(
  options: LambdaEndpointOptions = {},
): Promise<LambdaEndpoint> {
  const account = new EmbeddedAccount({
    concurrency: options.accountConcurrency ?? 1000,
    maxMemoryMb: options.maxMemoryMb ?? MAX_MEMORY_MB,
    updateDelayMs: options.updateDelayMs ?? 0,
    publishDelayMs: options.publishDelayMs ?? 0,
    ids: idSource(options.seed),
    now: options.now ?? Date.now,
  });
  // Deleting a function does not end its host: others may share it.
  const hosts = new Set<FunctionHost>();
  const addFunction = (definition: FunctionDefinition): string => {
    const { arn } = account.add(definition);
    hosts.add(definition.host);
    return arn;
  };
  for (const definition of options.functions ?? []) addFunction(definition);

  const server = createServer(requestListener(account, options.intercept ?? (() => undefined)));
  // A client's idle connection must not be closed under a request that it is about to send; and no
  // invocation is too long to wait for.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  const url = await listen(server);
  let closing: Promise<void> | null = null;
  return {
    url,
    addFunction,
    close: () => (closing ??= close(server, hosts, account)),
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(
  server: Server,
  hosts: ReadonlySet<FunctionHost>,
  account: EmbeddedAccount,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
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
