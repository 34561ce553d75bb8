/**
 * How long one warm invocation that does nothing takes, seen from the SDK: through signing, HTTP, the
 * endpoint, its host and back, with the log's tail. One at a time, for a recorded function and for real
 * processes of Node and of Python, where there is one. Wanted: a median under 3 ms.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  createProcessHost,
  type FunctionDefinition,
  locateHandler,
  recordedFunction,
  startLambdaEndpoint,
} from '../src/emulator/index.ts';

const WARM_UP = 300;
const INVOCATIONS = 3000;
const WANTED_MEDIAN_MS = 3;

/** Handlers that do nothing. */
const NOTHING = {
  'nothing.mjs': 'export const handler = async () => null;\n',
  'nothing.py': 'def lambda_handler(event, context):\n    return None\n',
};

const folder = await mkdtemp(path.join(tmpdir(), 'powerdial-bench-'));
try {
  const load = loadavg()[0]?.toFixed(2) ?? '?';
  console.log(`Node ${process.version}, ${availableParallelism()} cores, load ${load}`);
  const recorded = await measure(
    recordedFunction(
      {
        name: 'recorded',
        architecture: 'x86_64',
        timeoutSeconds: null,
        sizes: [
          {
            memoryMb: 512,
            warmMs: [10],
            coldMs: null,
            initMs: null,
            maxMemoryUsedMb: 64,
            timeoutSeconds: null,
            outcome: 'ok',
          },
        ],
      },
      { seed: 1 },
    ),
  );
  const mediansMs = [recorded];
  for (const [name, text] of Object.entries(NOTHING)) {
    const made = await realFunction(path.join(folder, name), text);
    if (made !== null) mediansMs.push(await measure(made));
  }
  process.exitCode = Math.max(...mediansMs) < WANTED_MEDIAN_MS ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}

/** At one whole vCPU, so that no CPU share slows the handler down; `null` where nothing runs it here. */
async function realFunction(file: string, text: string): Promise<FunctionDefinition | null> {
  await writeFile(file, text);
  const located = await locateHandler(file);
  if (located.kind === 'problem') {
    console.log(`not measured: ${located.message}`);
    return null;
  }
  const host = await createProcessHost({ handler: located.location });
  return {
    name: `${located.runtime.replaceAll('.', '-')}-${host.cpu}`,
    host,
    memoryMb: 1769,
    timeoutSeconds: 60,
    architecture: 'x86_64',
    runtime: located.runtime,
  };
}

/** Prints median and 99th percentile, and returns the median. */
async function measure(definition: FunctionDefinition): Promise<number> {
  const endpoint = await startLambdaEndpoint({ functions: [definition] });
  const client = new LambdaClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  try {
    const invoke = () =>
      client.send(
        new InvokeCommand({ FunctionName: definition.name, LogType: 'Tail', Payload: '{}' }),
      );
    for (let count = 0; count < WARM_UP; count += 1) await invoke();
    const tookMs: number[] = [];
    for (let count = 0; count < INVOCATIONS; count += 1) {
      const startMs = performance.now();
      const answer = await invoke();
      tookMs.push(performance.now() - startMs);
      if (answer.FunctionError !== undefined) throw new Error('the handler failed');
    }
    const ascending = tookMs.toSorted((a, b) => a - b);
    const quantile = (fraction: number): number =>
      ascending[Math.ceil(fraction * INVOCATIONS) - 1] ?? NaN;
    const [p50, p99] = [quantile(0.5), quantile(0.99)];
    console.log(
      `${definition.name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms over ${INVOCATIONS} invocations (wanted: p50 under ${WANTED_MEDIAN_MS} ms)`,
    );
    return p50;
  } finally {
    client.destroy();
    await endpoint.close();
  }
}
