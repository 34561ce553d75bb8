import { LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaDeps, type LambdaDeps } from '../../src/aws/lambda-deps.ts';
import {
  type FunctionDefinition,
  type LambdaEndpoint,
  type LambdaEndpointOptions,
  readRecording,
  recordedHost,
  startLambdaEndpoint,
} from '../../src/emulator/index.ts';

export const TARGET_NAME = 'orders';

/** Halves its duration with every doubling up to 1,769 MB: 1,600 ms at 128 MB, 115.8 ms from there on. */
export const INVERSE_LAW = {
  name: TARGET_NAME,
  memory: {
    '128': { warmMs: [1590, 1600, 1610], initMs: [150], maxMemoryUsedMb: 70 },
    '512': { warmMs: [397, 400, 403], initMs: [150], maxMemoryUsedMb: 70 },
    '1769': { warmMs: [114.8, 115.8, 116.8], initMs: [150], maxMemoryUsedMb: 70 },
    '3008': { warmMs: [114.8, 115.8, 116.8], initMs: [150], maxMemoryUsedMb: 70 },
  },
};

export interface EmbeddedTarget {
  /** Of the Lambda endpoint. */
  readonly url: string;
  readonly deps: LambdaDeps;
  /** For what a user does to the function beside the run. */
  readonly client: LambdaClient;
  /** Puts lines into CloudWatch Logs, as another day's invocations would have. */
  readonly addLog: LambdaEndpoint['addLog'];
  close(): Promise<void>;
}

/** A recorded function behind the real endpoint, reached through the real SDK. */
export async function embeddedTarget(
  options: {
    readonly recording?: unknown;
    readonly definition?: Partial<FunctionDefinition>;
    readonly endpoint?: LambdaEndpointOptions;
    readonly stop?: AbortSignal;
    /** Functions beside the target. */
    readonly others?: readonly FunctionDefinition[];
  } = {},
): Promise<EmbeddedTarget> {
  const read = readRecording(options.recording ?? INVERSE_LAW);
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const endpoint = await startLambdaEndpoint({
    seed: 1,
    ...options.endpoint,
    functions: [
      {
        name: TARGET_NAME,
        host: recordedHost(read.recording, { seed: 1 }),
        memoryMb: 512,
        timeoutSeconds: 30,
        description: 'takes orders',
        architecture: 'x86_64',
        runtime: 'nodejs22.x',
        ...options.definition,
      },
      ...(options.others ?? []),
    ],
  });
  const connection = {
    endpoint: endpoint.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const deps = lambdaDeps(connection, options.stop);
  const client = new LambdaClient(connection);
  return {
    url: endpoint.url,
    deps,
    client,
    addLog: (chunk) => endpoint.addLog(chunk),
    async close() {
      deps.close();
      client.destroy();
      await endpoint.close();
    },
  };
}

/** Everything about the target that a run must leave as it was; revision ids change with any update. */
export async function snapshot(deps: LambdaDeps): Promise<unknown> {
  const { revisionId: _, ...configuration } = await deps.readConfiguration({
    functionName: TARGET_NAME,
  });
  const versions = await deps.listVersions(TARGET_NAME);
  const aliases = await deps.listAliases(TARGET_NAME);
  return { configuration, versions, aliases };
}
