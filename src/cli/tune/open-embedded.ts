import type { Architecture } from '../../contract/shared/function-configuration.ts';
import { embeddedWorld } from '../../play/embedded-world.ts';
import { thisMachine, startLambdaEndpoint, type FunctionHost } from '../../emulator/index.ts';
import type { OpenedTarget } from './opened-target.ts';

export interface EmbeddedFunctionFacts {
  readonly name: string;
  readonly host: FunctionHost;
  readonly architecture: Architecture;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly region: string;
  readonly seed: number | undefined;
  /** The function's environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What is to be said before it is invoked. */
  readonly notices?: readonly string[];
}

/** Puts a function behind the embedded Lambda endpoint and reaches it through the real SDK. */
export async function openEmbedded(
  facts: EmbeddedFunctionFacts,
  stop: AbortSignal,
): Promise<OpenedTarget> {
  const { host, seed, notices = [], ...definition } = facts;
  const endpoint = await startLambdaEndpoint({
    functions: [{ ...definition, host }],
    ...(seed === undefined ? {} : { seed }),
  });
  const { close, ...world } = embeddedWorld({ url: endpoint.url, region: facts.region }, stop);
  return {
    functionName: facts.name,
    world,
    connection: null,
    notices,
    emulation:
      host.cpu === 'recorded'
        ? { cpu: host.cpu }
        : {
            cpu: host.cpu,
            machine: thisMachine(),
            ...(host.meter === 'posix' ? { meter: host.meter } : {}),
          },
    ...(host.peaks === undefined ? {} : { peaks: host.peaks.bind(host) }),
    async close() {
      close();
      await endpoint.close();
    },
  };
}
