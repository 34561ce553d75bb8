import type { Architecture } from '../../contract/shared/function-configuration.ts';
import { embeddedWorld } from '../../play/embedded-world.ts';
import {
  thisMachine,
  startLambdaEndpoint,
  type FunctionDefinition,
  type FunctionHost,
} from '../../emulator/index.ts';
import { waitForShare } from '../shared/handler/wait-for-share.ts';
import type { CountingClock } from './counting-clock.ts';
import type { OpenedTarget } from './opened-target.ts';

export interface EmbeddedFunctionFacts extends Pick<
  FunctionDefinition,
  'logFormat' | 'ephemeralStorageMb'
> {
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
  /** Told of each invocation, for a function whose time is not that of this machine. */
  readonly clock?: CountingClock;
}

/** Puts a function behind the embedded Lambda endpoint and reaches it through the real SDK. */
export async function openEmbedded(
  facts: EmbeddedFunctionFacts,
  stop: AbortSignal,
): Promise<OpenedTarget> {
  const { host, seed, notices = [], clock, ...definition } = facts;
  const endpoint = await startLambdaEndpoint({
    functions: [{ ...definition, host }],
    ...(seed === undefined ? {} : { seed }),
    ...(clock === undefined ? {} : { now: () => clock.now() }),
  });
  const { close, ...calls } = embeddedWorld({ url: endpoint.url, region: facts.region }, stop);
  const invoke = host.cpu === 'recorded' ? calls.invoke : waitForShare(calls.invoke);
  const world = { ...calls, invoke };
  return {
    functionName: facts.name,
    connection: null,
    world:
      clock === undefined ? world : { ...world, invoke: countInvocations(world.invoke, clock) },
    ...(clock === undefined ? {} : { clock }),
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

function countInvocations(
  invoke: OpenedTarget['world']['invoke'],
  clock: CountingClock,
): OpenedTarget['world']['invoke'] {
  return (...request) => {
    clock.tick();
    return invoke(...request);
  };
}
