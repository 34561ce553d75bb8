import { isDeepStrictEqual } from 'node:util';
import {
  CreateAliasCommand,
  LambdaClient,
  ListAliasesCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  type GetFunctionConfigurationCommandOutput,
} from '@aws-sdk/client-lambda';
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';
import {
  type Clock,
  type FunctionHost,
  type Intercept,
  type LambdaEndpoint,
  type InterceptedRequest,
  readRecording,
  recordedHost,
  startLambdaEndpoint,
} from '../../src/emulator/index.ts';
import type { WorldDeps } from '../../src/play/stage-tasks.ts';
import { hurriedRetries } from './hurried-retries.ts';

export const TARGET_NAME = 'orders';
export const USER_DESCRIPTION = 'takes orders';
export const USER_ALIAS = 'live';
export const REGION = 'eu-west-1';

/** The inverse law up to one vCPU, nearly without noise: few invocations are enough for a verdict. */
const RECORDING = {
  name: TARGET_NAME,
  memory: {
    '512': { warmMs: [399, 400, 401], initMs: [150], maxMemoryUsedMb: 70 },
    '1769': { warmMs: [115.7, 115.8, 115.9], initMs: [150], maxMemoryUsedMb: 70 },
  },
};

/** Long enough for what is only slow, on a machine that has other work. */
const PATIENCE_MS = 1000;

const A_DAY_MS = 24 * 3600 * 1000;

/** Versions that are pending for longer than any call waits for them: plain ones, and SnapStart's. */
export const SLOW_VERSIONS = {
  'versions pending': { publishDelayMs: 15_000 },
  'SnapStart versions pending': { snapshotDelayMs: 30_000 },
} as const;

export type SlowVersions = keyof typeof SLOW_VERSIONS;

export interface FaultTarget {
  readonly url: string;
  /** A run's way to the endpoint, with faults in it; nothing in it waits long. */
  readonly world: WorldDeps;
  /** The user's own way: what they do beside the run. No fault is put in its way. */
  readonly client: LambdaClient;
  /** Puts faults in the way of requests from now on, which it counts anew; `null` for none. */
  intercept(next: Intercept | null): void;
  /** Requests that would have deleted the whole function. */
  readonly unqualifiedDeletes: InterceptedRequest[];
  close(): Promise<void>;
}

/**
 * A recorded function with everything that a run might disturb: an environment, JSON logs without reports
 * of successful invocations, a version and an alias of the user's.
 */
export async function faultTarget(options: {
  readonly clock: Clock;
  /** How long an update is in progress. */
  readonly updateDelayMs?: number;
  /** How long the run waits for an answer that never comes, of AWS or of the function. @default 1000 */
  readonly patienceMs?: number;
  /** @default versions are active at once */
  readonly slow?: SlowVersions | null;
  /** Whether its log group holds reports of days before the run. @default there is no group yet */
  readonly hasHistory?: boolean;
}): Promise<FaultTarget> {
  const { clock, updateDelayMs = 0, patienceMs = PATIENCE_MS, slow = null } = options;
  const read = readRecording(RECORDING);
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const unqualifiedDeletes: InterceptedRequest[] = [];
  let active: Intercept | null = null;
  // The endpoint has counted what came before, the setup and the user's calls.
  let lastCall = 0;
  let firstCall = 0;
  const endpoint = await startLambdaEndpoint({
    seed: 1,
    now: () => clock.now(),
    updateDelayMs,
    ...(slow === null ? {} : SLOW_VERSIONS[slow]),
    intercept(request) {
      if (request.operation === 'DeleteFunction' && request.qualifier === null) {
        unqualifiedDeletes.push(request);
      }
      lastCall = Math.max(lastCall, request.call);
      return active?.({ ...request, call: request.call - firstCall });
    },
    functions: [
      {
        name: TARGET_NAME,
        host: tellsItsSettings(recordedHost(read.recording, { seed: 1 })),
        memoryMb: 512,
        timeoutSeconds: 30,
        description: USER_DESCRIPTION,
        architecture: 'x86_64',
        runtime: 'nodejs22.x',
        environment: { TABLE: 'orders' },
        logFormat: 'JSON',
        systemLogLevel: 'WARN',
        region: REGION,
        snapStart: slow === 'SnapStart versions pending',
      },
    ],
  });
  if (options.hasHistory === true) addHistory(endpoint, clock.now());
  const connection = {
    endpoint: endpoint.url,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const client = new LambdaClient(connection);
  await client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  // The user's own version is there.
  if (slow !== null) await clock.sleep(30_000, new AbortController().signal);
  await client.send(
    new CreateAliasCommand({
      FunctionName: TARGET_NAME,
      Name: USER_ALIAS,
      FunctionVersion: '1',
    }),
  );
  const { close, ...deps } = lambdaDeps({
    ...connection,
    retryStrategy: hurriedRetries(),
    requestTimeoutMs: patienceMs,
  });
  return {
    url: endpoint.url,
    client,
    unqualifiedDeletes,
    world: {
      ...deps,
      invoke: (request) =>
        deps.invoke({ ...request, waitMs: Math.min(request.waitMs, patienceMs) }),
      onProgress: () => undefined,
    },
    intercept(next) {
      active = next;
      firstCall = lastCall;
    },
    async close() {
      close();
      client.destroy();
      await endpoint.close();
    },
  };
}

/** A report for each of the ten days before, of the size that the target has. */
function addHistory(endpoint: LambdaEndpoint, nowMs: number): void {
  for (let daysAgo = 1; daysAgo <= 10; daysAgo++) {
    const line = Buffer.from(
      `REPORT RequestId: 4ce9340a-b765-490f-ad8a-02ab3415e2bf\tDuration: ${400 + daysAgo}.00 ms\tBilled Duration: ${400 + daysAgo} ms\tMemory Size: 512 MB\tMax Memory Used: 70 MB\t\n`,
    );
    endpoint.addLog({
      group: `/aws/lambda/${TARGET_NAME}`,
      stream: '2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef',
      atMs: nowMs - daysAgo * A_DAY_MS,
      size: line.length,
      read: () => line,
    });
  }
}

/** Everything about the target, as AWS tells it. */
export interface TargetState {
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly versions: readonly Readonly<Record<string, unknown>>[];
  readonly aliases: readonly Readonly<Record<string, unknown>>[];
  /** Whether the function runs with what it shows. */
  readonly inEffect: boolean;
}

/** Told apart: a failed update may leave the function as it was. */
const LAST_UPDATE = ['LastUpdateStatus', 'LastUpdateStatusReason', 'LastUpdateStatusReasonCode'];

/** Reads the target once no update of it is in progress. Revisions and times change with any update. */
export async function targetState(client: LambdaClient): Promise<TargetState> {
  const FunctionName = TARGET_NAME;
  for (;;) {
    const latest = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    if (latest.LastUpdateStatus === 'InProgress') {
      await new Promise((done) => setTimeout(done, 5));
      continue;
    }
    const { Versions = [] } = await client.send(
      new ListVersionsByFunctionCommand({ FunctionName }),
    );
    const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName }));
    return {
      configuration: without(latest, ['$metadata', 'RevisionId', 'LastModified', ...LAST_UPDATE]),
      versions: Versions.filter(({ Version }) => Version !== '$LATEST').map((version) =>
        without(version, ['RevisionId']),
      ),
      aliases: Aliases.map((alias) => ({ ...alias })),
      inEffect: await isInEffect(client, latest),
    };
  }
}

/** A function that answers with the settings that it was run with. */
function tellsItsSettings(host: FunctionHost): FunctionHost {
  return {
    ...host,
    async invoke(invocation) {
      const reply = await host.invoke(invocation);
      const { memoryMb, timeoutSeconds } = invocation.settings;
      return { ...reply, payload: Buffer.from(JSON.stringify({ memoryMb, timeoutSeconds })) };
    },
  };
}

/** Only a failed update leaves it open; then the function itself is asked. */
async function isInEffect(
  client: LambdaClient,
  shown: GetFunctionConfigurationCommandOutput,
): Promise<boolean> {
  if (shown.LastUpdateStatus !== 'Failed') return true;
  const reply = await client.send(new InvokeCommand({ FunctionName: TARGET_NAME }));
  const runsWith: unknown = JSON.parse(Buffer.from(reply.Payload ?? []).toString());
  const { MemorySize: memoryMb, Timeout: timeoutSeconds } = shown;
  return isDeepStrictEqual(runsWith, { memoryMb, timeoutSeconds });
}

function without(shape: object, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !names.includes(name)));
}
