import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { Json } from '../../src/contract/shared/json.ts';
import { startLambdaEndpoint } from '../../src/emulator/index.ts';
import { lawHost, type Law, type Meter } from './functions.ts';

export const SIZES = [128, 256, 512, 1024, 1769, 3008] as const;
export const INVOCATIONS = 10;
const PRESENT_MB = 640;
const DESCRIPTION = 'what the team wrote';

/** The seconds that AWS takes for an update of $LATEST and until a version is active, or none. */
export interface Delays {
  readonly updateDelayMs: number;
  readonly publishDelayMs: number;
}

export interface Account {
  readonly url: string;
  readonly input: Json;
  readonly meter: Meter;
  /** Requests by operation. */
  readonly calls: Map<string, number>;
  /** Called when so many requests have come. */
  atRequest(count: number, act: () => void): void;
  requests(): number;
  /** What is not as it was, in words; empty where everything is. */
  left(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** An endpoint with one function, and the input of the peer that both tools are given. */
export async function openAccount(
  law: Law,
  options: { readonly seed: number; readonly inRealTime: boolean; readonly delays: Delays },
): Promise<Account> {
  const meter: Meter = {
    invocations: 0,
    coldStarts: 0,
    gbSeconds: 0,
    trialGbSeconds: 0,
    furtherInitsGbSeconds: 0,
  };
  const calls = new Map<string, number>();
  let count = 0;
  let planned: { readonly at: number; readonly act: () => void } | null = null;
  let asking = false;
  const endpoint = await startLambdaEndpoint({
    ...options.delays,
    functions: [
      {
        name: law.name,
        host: lawHost(law, { ...options, meter }),
        memoryMb: PRESENT_MB,
        timeoutSeconds: law.timeoutSeconds,
        description: DESCRIPTION,
        architecture: 'x86_64',
        runtime: 'nodejs22.x',
        region: 'us-east-1',
      },
    ],
    intercept: ({ operation }) => {
      if (asking) return undefined;
      count += 1;
      calls.set(operation, (calls.get(operation) ?? 0) + 1);
      if (planned?.at !== count) return undefined;
      return { kind: 'act', when: 'after', act: planned.act };
    },
  });
  const client = new LambdaClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const FunctionName = law.name;
  return {
    url: endpoint.url,
    input: {
      lambdaARN: `arn:aws:lambda:us-east-1:123456789012:function:${law.name}`,
      powerValues: [...SIZES],
      num: INVOCATIONS,
      payload: {},
      strategy: 'cost',
      includeOutputResults: true,
    },
    meter,
    calls,
    atRequest(at, act) {
      planned = { at, act };
    },
    requests: () => count,
    async left() {
      asking = true;
      const latest = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const { Versions = [] } = await client.send(
        new ListVersionsByFunctionCommand({ FunctionName }),
      );
      const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName }));
      asking = false;
      return [
        ...(latest.MemorySize === PRESENT_MB ? [] : ['memory']),
        ...(latest.Timeout === law.timeoutSeconds ? [] : ['timeout']),
        ...(latest.Description === DESCRIPTION ? [] : ['description']),
        ...(Versions.length > 1 ? [`${Versions.length - 1} versions`] : []),
        ...(Aliases.length > 0 ? [`${Aliases.length} aliases`] : []),
      ];
    },
    async close() {
      client.destroy();
      await endpoint.close();
    },
  };
}
