import { MAX_MEMORY_MB } from '../../contract/memory.ts';
import { startLoopbackServer, type LoopbackServer } from '../loopback-server.ts';
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
  /** @default any that is free */
  readonly port?: number;
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

  const listener = requestListener(account, options.intercept ?? (() => undefined));
  const server = await startLoopbackServer(listener, options.port);
  let closing: Promise<void> | null = null;
  return {
    url: server.url,
    addFunction,
    close: () => (closing ??= close(server, hosts, account)),
  };
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
