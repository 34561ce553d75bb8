import path from 'node:path';
import { InvokeCommand, LambdaClient, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { STAGES, type StageInput, type StageOutput } from '../../src/contract/tune/stages.ts';
import { MEASURE_MEMORY_MB, STAGE_VARIABLE } from '../../src/contract/shared/tuner.ts';
import {
  createProcessHost,
  type FunctionHost,
  type LambdaEndpoint,
  locateHandler,
  readRecording,
  recordedHost,
  startLambdaEndpoint,
} from '../../src/emulator/index.ts';
import { unpackObservations } from '../../src/stages/tune/observation-codec.ts';
import { tuneStages } from '../../src/stages/tune/tune-stages.ts';
import { embeddedTarget, TARGET_NAME, type EmbeddedTarget } from '../flow/embedded-target.ts';

// Hundreds of megabytes go to and fro, and others may want the processor too.
vi.setConfig({ testTimeout: 300_000 });

const MIB = 2 ** 20;
const INVOCATIONS = 40;
const RUN = {
  id: 'run-1',
  executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:powerdial:run-1',
  startedAt: new Date().toISOString(),
};

let target: EmbeddedTarget | null = null;
let stages: LambdaEndpoint | null = null;

afterEach(async () => {
  await stages?.close();
  await target?.close();
  stages = null;
  target = null;
});

/** Answers whatever it is asked with as much as Lambda lets a function return. */
function largeAnswers(): FunctionHost {
  const read = readRecording({
    name: 'large',
    memory: { '128': { warmMs: [5] }, '512': { warmMs: [5] } },
  });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const host = recordedHost(read.recording, { seed: 1 });
  const payload = Buffer.from(JSON.stringify('x'.repeat(6 * MIB - 2)));
  return {
    ...host,
    invoke: async (invocation) => ({ ...(await host.invoke(invocation)), payload }),
  };
}

const FUNCTION = {
  memoryMb: 512,
  timeoutSeconds: 30,
  architecture: 'arm64',
  runtime: 'nodejs24.x',
  region: 'eu-west-1',
} as const;

/** What Measure reads in a run of this input, once a version of 512 MB is published. */
async function stateOf(input: Readonly<Record<string, unknown>>): Promise<StageInput<'Measure'>> {
  target = await embeddedTarget({
    definition: { ...FUNCTION, host: largeAnswers() },
    others: ['before', 'after'].map((name) => ({ ...FUNCTION, name, host: largeAnswers() })),
    endpoint: { objects: { 's3://events/large.json': JSON.stringify('x'.repeat(6 * MIB - 2)) } },
  });
  const source = { function: TARGET_NAME, memorySizes: [512], invocations: INVOCATIONS, ...input };
  const deps = {
    ...target.deps,
    readExecutionStatus: () => Promise.resolve(null),
    now: Date.now,
    sleep: () => Promise.resolve(),
    onProgress: () => undefined,
  };
  const state = { run: RUN, input: source, maxRunSeconds: 86_400 };
  const inspected = (await tuneStages.run('Inspect', state, deps, {
    remainingMs: () => 60_000,
  })) as StageOutput<'Inspect'>;
  await target.client.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  const ready = { memoryMb: 512, version: '1', outcome: 'ready', reason: null } as const;
  return {
    ...inspected,
    publishing: { ...inspected.publishing, variants: [ready] },
    round: { number: 1, sizes: [{ memoryMb: 512, warm: INVOCATIONS, cold: 0 }] },
    slice: null,
    concurrency: inspected.input.concurrency,
    lost: { slices: 0, invocations: 0, usd: 0 },
    awaited: [],
    failures: [],
    source,
  };
}

/** Runs the bundle as it is deployed, in a process that is killed where it holds more than its memory. */
async function measure(state: StageInput<'Measure'>) {
  const located = await locateHandler(path.resolve('dist/lambda/index.mjs'));
  if (located.kind === 'problem') throw new Error(`${located.message} Run npm run build:cloud.`);
  stages = await startLambdaEndpoint({
    functions: [
      {
        ...FUNCTION,
        name: 'Measure',
        host: await createProcessHost({ handler: located.location }),
        memoryMb: MEASURE_MEMORY_MB,
        timeoutSeconds: 895,
        environment: {
          [STAGE_VARIABLE]: 'Measure',
          AWS_ENDPOINT_URL: target?.url ?? '',
          AWS_ACCESS_KEY_ID: 'any',
          AWS_SECRET_ACCESS_KEY: 'any',
        },
      },
    ],
  });
  const client = new LambdaClient({
    endpoint: stages.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: 'Measure',
      LogType: 'Tail',
      Payload: Buffer.from(JSON.stringify(state)),
    }),
  );
  client.destroy();
  const payload = Buffer.from(answer.Payload ?? []).toString();
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
  return { failed: answer.FunctionError ?? null, payload, log };
}

test.each([
  ['payloads and answers of 6 MB, and 1,000 at once asked for', {}],
  [
    'processors that return 6 MB before and get 6 MB after',
    { preProcessor: 'before', postProcessor: 'after' },
  ],
])('Measure holds what it has under way in its memory, with %s', async (_what, input) => {
  const state = await stateOf({ payloadS3: 's3://events/large.json', concurrency: 1000, ...input });
  const { failed, payload, log } = await measure(state);
  expect([failed, failed === null ? '' : `${payload} ${log}`]).toEqual([null, '']);
  const { observations, slice } = STAGES.Measure.returns.parse(JSON.parse(payload));
  expect(slice).toBeNull();
  const outcomes = unpackObservations(observations).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(new Array(INVOCATIONS).fill('ok'));
  const used = Number(/Max Memory Used: (\d+) MB/.exec(log)?.[1]);
  expect(used).toBeLessThan(MEASURE_MEMORY_MB);
});

test('a run of large payloads has as many at once as Measure has memory for, and says so', async () => {
  const state = await stateOf({ payloadS3: 's3://events/large.json', concurrency: 1000 });
  expect(state.input.concurrency).toBeLessThan(50);
});
