/**
 * One tool in a process of its own, as a machine would have it: plays runs one after the other, is told to stop,
 * and is killed. Each is given the same input, that of the peer.
 *
 * node dist/bench/peer/worker.js <peer|powerdial> <endpoint> [the peer's checkout]
 */
import { lambdaDeps } from '../../src/aws/lambda-deps.ts';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { playTune } from '../../src/play/play-tune.ts';
import { loadCheckout } from './checkout.ts';
import { playDefinition } from './play-definition.ts';
import type { Ended } from './tool.ts';

const [tool, endpoint = '', checkout = ''] = process.argv.slice(2);
let stop = new AbortController();

async function runPeer(): Promise<(input: Json) => Promise<Ended>> {
  process.env['AWS_ENDPOINT_URL_LAMBDA'] = endpoint;
  // Its handlers log whatever they do.
  console.log = console.error = () => undefined;
  const { definition, handlers } = await Promise.resolve(loadCheckout(checkout));
  return async (input) => {
    const { status, output, transitions } = await playDefinition(
      definition,
      input,
      handlers,
      stop.signal,
    );
    const found = output as {
      readonly power?: number;
      readonly stats?: readonly { readonly value: number; readonly averageDuration: number }[];
    };
    return {
      status: status === 'SUCCEEDED' && found.power === undefined ? 'SUCCEEDED with {}' : status,
      memoryMb: found.power ?? null,
      means: (found.stats ?? []).map(({ value, averageDuration }) => [value, averageDuration]),
      transitions,
      why: typeof output === 'string' ? output : null,
    };
  };
}

function runPowerdial(): (input: Json) => Promise<Ended> {
  return async (input) => {
    const { close, ...world } = lambdaDeps({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    });
    let transitions = 0;
    try {
      const played = await playTune({
        input,
        world: { ...world, onProgress: () => undefined },
        signal: stop.signal,
        onEvent: ({ kind }) => {
          if (kind === 'state-entered') transitions += 1;
        },
      });
      const result = played.kind === 'done' ? (played.output as unknown as Result) : null;
      return {
        status: { done: 'SUCCEEDED', failed: 'FAILED', interrupted: 'ABORTED' }[played.kind],
        memoryMb: result?.recommendation.memoryMb ?? null,
        means: (result?.sizes ?? []).flatMap(({ memoryMb, durationMs }) =>
          typeof durationMs.mean === 'number' ? [[memoryMb, durationMs.mean] as const] : [],
        ),
        transitions,
        why: played.kind === 'failed' ? `${played.error}: ${played.cause}` : null,
      };
    } finally {
      close();
    }
  };
}

const run = tool === 'peer' ? await runPeer() : runPowerdial();
process.on('message', (message: { readonly input?: Json }) => {
  if (message.input === undefined) {
    stop.abort();
    return;
  }
  stop = new AbortController();
  const startedAt = performance.now();
  void run(message.input).then((ended) => {
    process.send?.({ ...ended, seconds: (performance.now() - startedAt) / 1000 });
  });
});
process.send?.('ready');
