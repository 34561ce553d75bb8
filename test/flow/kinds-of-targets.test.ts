import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import {
  type FunctionDefinition,
  type FunctionHost,
  platformLogWriter,
} from '../../src/emulator/index.ts';
import { playTune, type PlayedRun } from '../../src/play/play-tune.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';

let target: EmbeddedTarget | null = null;

afterEach(async () => {
  await target?.close();
  target = null;
});

async function tune(
  options: Parameters<typeof embeddedTarget>[0],
  input: { readonly [key: string]: Json } = {},
): Promise<{ readonly played: PlayedRun; readonly before: unknown; readonly after: unknown }> {
  target = await embeddedTarget(options);
  const before = await snapshot(target.deps);
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: [128, 512], invocations: 6, seed: 7, ...input },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  return { played, before, after: await snapshot(target.deps) };
}

function resultOf(played: PlayedRun): Result {
  if (played.kind !== 'done') throw new Error(JSON.stringify(played));
  return played.output as unknown as Result;
}

function codes(result: Result): readonly string[] {
  return result.warnings.map(({ code }) => code);
}

test.each<[string, Partial<FunctionDefinition>]>([
  ['with JSON logs', { logFormat: 'JSON' }],
  ['whose JSON logs leave out reports', { logFormat: 'JSON', systemLogLevel: 'WARN' }],
  ['as a container image', { packageType: 'Image' }],
  ['in a VPC', { vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] } }],
])('a function %s is measured and left as it was', async (_, definition) => {
  const { played, before, after } = await tune({ definition });
  expect(resultOf(played).sizes.map(({ outcome, errors }) => [outcome, errors])).toEqual([
    ['measured', 0],
    ['measured', 0],
  ]);
  expect(after).toEqual(before);
});

test.each<[string, Partial<FunctionDefinition>, RegExp]>([
  [
    'Managed Instances',
    { capacityProviderArn: 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:c' },
    /Managed Instances/,
  ],
  [
    'a Lambda@Edge replica',
    { masterArn: 'arn:aws:lambda:us-east-1:123456789012:function:master:3' },
    /Lambda@Edge replica.*master:3/,
  ],
  [
    'a durable function',
    { durable: { executionTimeoutSeconds: 3600, retentionDays: 1 } },
    /durable/,
  ],
  ['tenant isolation', { tenantIsolation: true }, /tenant/],
  [
    'a runtime whose updates are blocked',
    {
      runtime: 'nodejs12.x',
      runtimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:0123456789abcdef',
    },
    /from 2023-04-30 AWS blocks updates of nodejs12\.x/,
  ],
])('%s is refused by name', async (_, definition, cause) => {
  const { played, before, after } = await tune({ definition });
  expect(played).toMatchObject({ kind: 'failed', error: 'TargetCannotBeTuned' });
  expect((played as { cause: string }).cause).toMatch(cause);
  expect(after).toEqual(before);
});

test('SnapStart: snapshots are priced before they are made, except for Java', async () => {
  const python = await tune({ definition: { snapStart: true, runtime: 'python3.13' } });
  const result = resultOf(python.played);
  const warning = result.warnings.find(({ code }) => code === 'snap-start-price');
  // (128 + 512) ÷ 1024 GB × 10,800 s × 0.0000015046 USD
  expect(warning?.message).toContain('0.010 USD');
  expect(result.sizes.every(({ outcome }) => outcome === 'measured')).toBe(true);
  expect(python.after).toEqual(python.before);
  await target?.close();
  const java = await tune({ definition: { snapStart: true, runtime: 'java21' } });
  expect(codes(resultOf(java.played))).not.toContain('snap-start-price');
});

test('SnapStart snapshots that pass maxUsd are refused before they are made', async () => {
  const { played } = await tune(
    { definition: { snapStart: true, runtime: 'python3.13' } },
    { maxUsd: 0.005 },
  );
  expect(played).toMatchObject({ kind: 'failed', error: 'InvalidInput' });
});

test('a description that leaves no room for the journal is refused', async () => {
  const { played, before, after } = await tune({ definition: { description: 'x'.repeat(200) } });
  expect(played).toMatchObject({ kind: 'failed', error: 'TargetCannotBeTuned' });
  expect((played as { cause: string }).cause).toMatch(/at most \d+ characters, it has 200/);
  expect(after).toEqual(before);
});

test('triggers are read, and who will notice the other sizes is said', async () => {
  const queue = 'arn:aws:sqs:us-east-1:123456789012:jobs';
  const { played } = await tune(
    {
      definition: {
        eventSourceMappings: [{ eventSourceArn: queue }],
        tags: { 'lambda:createdBy': 'SAM', 'aws:cloudformation:logical-id': 'OrdersFunction' },
      },
      endpoint: { queues: [{ arn: queue, visibilityTimeoutSeconds: 45 }] },
    },
    { invocationsPerSecond: 20, payload: { Records: [{ body: 'a' }, { body: 'b' }] } },
  );
  const result = resultOf(played);
  expect(codes(result)).toContain('unqualified-triggers');
  expect(codes(result)).not.toContain('triggers-not-read');
  expect(result.advice).toMatchObject([
    { code: 'queue-visibility', queueArn: queue, visibilityTimeoutSeconds: 45 },
    { code: 'queue-dead-letters', queueArn: queue, deadLetterArn: null, fits: false },
    { code: 'item-failures', arn: queue, batchSize: 10 },
    { code: 'reserved-concurrency', invocationsPerSecond: 20, basis: 'rate' },
    { code: 'provisioned-concurrency', invocationsPerSecond: 20 },
    { code: 'record-batches', batches: [{ records: 2 }], line: null },
    { code: 'duration-alarm', functionName: 'orders', project: 'sam', logicalId: 'OrdersFunction' },
  ]);
});

test('a payload comes from S3; results name its hash', async () => {
  const { played } = await tune(
    { endpoint: { objects: { 's3://events/order.json': '{"order":1}' } } },
    { payloadS3: 's3://events/order.json' },
  );
  // sha256sum of {"order":1}
  expect(resultOf(played).input.payloads).toEqual([
    {
      sha256: 'a781679e01308cfef90983a4c1350319a7e3993c3a3f5a8c8439781a326d7c8d',
      bytes: 11,
      weight: 1,
    },
  ]);
});

test.each([
  ['an object that is not there', {}, /s3:GetObject.*s3:\/\/events\/order\.json/],
  [
    'an object that is no JSON',
    { 's3://events/order.json': 'order 1' },
    /wanted JSON in s3:\/\/events\/order\.json/,
  ],
])('%s ends the run before anything is changed', async (_, objects, cause) => {
  const { played, before, after } = await tune(
    { endpoint: { objects } },
    { payloadS3: 's3://events/order.json' },
  );
  expect(played.kind).toBe('failed');
  expect((played as { cause: string }).cause).toMatch(cause);
  expect(after).toEqual(before);
});

/** Answers with what it was sent, and keeps count. */
function echo(
  name: string,
  answer: (payload: string) => string,
): { readonly definition: FunctionDefinition; readonly seen: string[] } {
  const seen: string[] = [];
  const host: FunctionHost = {
    cpu: 'recorded',
    maxMemoryMb: 10_240,
    refuses: () => null,
    invoke: ({ settings, requestId, payload }) => {
      seen.push(payload.toString());
      const writer = platformLogWriter(settings);
      const facts = {
        requestId,
        version: settings.version,
        memoryMb: settings.memoryMb,
        maxMemoryUsedMb: 50,
        durationMs: 1,
        initMs: null,
        status: 'success',
        errorType: null,
      } as const;
      return Promise.resolve({
        payload: Buffer.from(answer(payload.toString())),
        functionError: null,
        log: Buffer.from(writer.report(facts, 0)),
      });
    },
    retire: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return {
    definition: {
      name,
      host,
      memoryMb: 128,
      timeoutSeconds: 3,
      architecture: 'x86_64',
      runtime: 'nodejs22.x',
    },
    seen,
  };
}

test('a pre-processor replaces the payload, a post-processor gets the answer, neither is measured', async () => {
  const before = echo('before', () => '{"made":"new"}');
  const after = echo('after', () => 'null');
  const { played } = await tune(
    { others: [before.definition, after.definition] },
    { preProcessor: 'before', postProcessor: 'after', payload: { id: 1 } },
  );
  // Six of each of two sizes, one more of each for its cold start, and the trial.
  expect(resultOf(played).spent.invocations).toBe(15);
  expect(before.seen).toEqual(new Array(14).fill('{"id":1}'));
  expect(after.seen).toHaveLength(14);
});

test("the peer's input gives the peer's fields beside ours", async () => {
  target = await embeddedTarget();
  const { functionArn } = await target.deps.readConfiguration({ functionName: TARGET_NAME });
  const played = await playTune({
    input: {
      lambdaARN: functionArn,
      num: 5,
      powerValues: [128, 512],
      strategy: 'speed',
      includeOutputResults: true,
    },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const output = resultOf(played) as unknown as {
    power: number;
    duration: number;
    stats: readonly { value: number }[];
    stateMachine: { visualization: string };
    recommendation: { memoryMb: number };
  };
  expect(output.power).toBe(512);
  expect(output.recommendation.memoryMb).toBe(512);
  expect(output.stats.map(({ value }) => value)).toEqual([128, 512]);
  const [sizes = ''] = (output.stateMachine.visualization.split('#')[1] ?? '').split(';');
  expect([...new Int16Array(new Uint8Array(Buffer.from(sizes, 'base64')).buffer)]).toEqual([
    128, 512,
  ]);
});

/** Every invocation ends in an error that whoever calls the function expects. */
const THROWS = {
  name: TARGET_NAME,
  memory: {
    '128': { warmMs: [1600], initMs: [150], maxMemoryUsedMb: 70, outcome: 'error' },
    '1769': { warmMs: [116], initMs: [150], maxMemoryUsedMb: 70, outcome: 'error' },
  },
};

test('an error that the peer’s input allows, and that the trial ended in, is measured like an answer', async () => {
  const own = await embeddedTarget({ recording: THROWS });
  target = own;
  const { functionArn } = await own.deps.readConfiguration({ functionName: TARGET_NAME });
  const run = { lambdaARN: functionArn, num: 7, powerValues: [128, 1769], strategy: 'speed' };
  const play = (input: { readonly [key: string]: Json }) =>
    playTune({
      input,
      world: { ...own.deps, onProgress: () => undefined },
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
  const allowed = await play({ ...run, allowedExceptions: ['Error'] });
  expect(allowed).toMatchObject({ kind: 'done', output: { power: 1769, duration: 116 } });
  const { sizes, warnings } = resultOf(allowed);
  expect(sizes.map(({ outcome, invocations }) => [outcome, invocations])).toEqual([
    ['measured', 7],
    ['measured', 7],
  ]);
  expect(warnings).toContainEqual(
    expect.objectContaining({ code: 'allowed-errors-counted', types: ['Error'] }),
  );
  // Any other is a failure, told in the words of the input.
  expect(await play({ ...run, allowedExceptions: ['Else'] })).toMatchObject({
    kind: 'failed',
    error: 'TrialFailed',
    cause: expect.stringContaining('name the error in allowedExceptions') as unknown,
  });
  // In our own input such errors are an outcome, and never averaged in.
  expect(
    await play({
      function: functionArn,
      memorySizes: [128, 1769],
      invocations: 7,
      ignoreErrors: ['Error'],
    }),
  ).toMatchObject({
    kind: 'failed',
    error: 'NothingMeasured',
    cause: expect.stringContaining('never averaged in') as unknown,
  });
});

test('a report that extensions pushed out of the tail is read from CloudWatch Logs', async () => {
  const { played } = await tune(
    { endpoint: { tailWithoutReport: true } },
    { memorySizes: [512], invocations: 3, concurrency: 3 },
  );
  const [size] = resultOf(played).sizes;
  expect(size).toMatchObject({ outcome: 'measured', invocations: 4, errors: 0 });
});

const PREPARED_FOR_THE_QUEUE = 'PutFunctionEventInvokeConfig';

test('a function with a timeout of 900 s that answers soon is waited for, and nothing goes through the queue', async () => {
  const operations: string[] = [];
  const { played, before, after } = await tune({
    definition: { timeoutSeconds: 900 },
    endpoint: {
      intercept({ operation }) {
        operations.push(operation);
        return undefined;
      },
    },
  });
  expect(resultOf(played).sizes.map(({ outcome, errors }) => [outcome, errors])).toEqual([
    ['measured', 0],
    ['measured', 0],
  ]);
  expect(operations).not.toContain(PREPARED_FOR_THE_QUEUE);
  expect(after).toEqual(before);
});

test('a size at which an invocation was not waited for to its end goes through the queue, by its logs, and the others do not', async () => {
  // Versions are published in the order of their sizes: 128 MB is the first.
  let isFirst = true;
  const prepared: (string | null)[] = [];
  target = await embeddedTarget({
    definition: { timeoutSeconds: 900 },
    endpoint: {
      intercept({ operation, qualifier }) {
        if (operation === PREPARED_FOR_THE_QUEUE) prepared.push(qualifier);
        if (operation !== 'Invoke' || qualifier !== '1' || !isFirst) return undefined;
        isFirst = false;
        return { kind: 'drop', when: 'after' };
      },
    },
  });
  const before = await snapshot(target.deps);
  // Waiting takes no time here; the endpoint answers as fast as it always does.
  let skippedMs = 0;
  const clock = {
    now: () => Date.now() + skippedMs,
    sleep: async (ms: number, signal?: AbortSignal) => {
      // The player's own limits are longer than any wait of a stage, and are really waited for.
      const skipped = ms <= 30_000;
      if (skipped) skippedMs += ms;
      await delay(skipped ? 5 : ms, undefined, { ...(signal === undefined ? {} : { signal }) });
    },
  };
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: [128, 512], invocations: 4, maxUsd: 10 },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
    clock,
  });
  const result = resultOf(played);
  expect(result.input.asynchronous).toBe(true);
  expect(
    result.sizes.map(({ memoryMb, outcome, invocations, errors }) => [
      memoryMb,
      outcome,
      invocations,
      errors,
    ]),
  ).toEqual([
    [128, 'measured', 4, 1],
    // One of them was a cold start: four warm ones are asked for.
    [512, 'measured', 5, 0],
  ]);
  expect(prepared).toEqual(['1']);
  expect(codes(result)).toContain('lost-observations');
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a function none of whose reports can be read ends the run with the reason', async () => {
  const { played } = await tune({
    endpoint: { logGroupClass: 'INFREQUENT_ACCESS', tailWithoutReport: true },
  });
  expect(played).toMatchObject({ kind: 'failed', error: 'NothingMeasured' });
  expect((played as { cause: string }).cause).toMatch(/INFREQUENT_ACCESS.*the Standard class/);
});

/** An object of S3 that is a JSON text of so many bytes. */
function objectOf(bytes: number) {
  return { objects: { 's3://events/large.json': JSON.stringify('x'.repeat(bytes - 2)) } };
}

const LARGE = { payloadS3: 's3://events/large.json' };

const FAILED = 'arn:aws:sqs:us-east-1:123456789012:failed';

test.each<[string, Parameters<typeof embeddedTarget>[0], { readonly [key: string]: Json }, object]>(
  [
    [
      'whose failures are sent somewhere',
      { definition: { deadLetterArn: FAILED } },
      {},
      { why: 'failure-destination', detail: FAILED },
    ],
    [
      'whose payload the queue does not take',
      { endpoint: objectOf(2 ** 20 + 1) },
      LARGE,
      { why: 'payload', detail: '1048577' },
    ],
    [
      'whose log group cannot be searched',
      {
        endpoint: {
          intercept: ({ operation }) =>
            operation === 'FilterLogEvents'
              ? { kind: 'answer', status: 400, code: 'AccessDeniedException', message: 'no' }
              : undefined,
        },
      },
      {},
      { why: 'log', detail: '/aws/lambda/orders' },
    ],
  ],
)(
  'a function with a timeout of 900 s %s is measured, and what would be lost is said',
  async (_what, options, input, why) => {
    const { played, before, after } = await tune(
      { ...options, definition: { timeoutSeconds: 900, ...options?.definition } },
      { invocations: 2, ...input },
    );
    const result = resultOf(played);
    expect(result.sizes.map(({ outcome }) => outcome)).toEqual(['measured', 'measured']);
    expect(result.input.asynchronous).toBe(false);
    expect(result.warnings).toContainEqual(
      expect.objectContaining({ code: 'long-invocations-lost', waitSeconds: 840, ...why }),
    );
    expect(after).toEqual(before);
  },
);

test('a payload that the queue refuses is measured where somebody waits for the answers', async () => {
  const { played } = await tune(
    { definition: { timeoutSeconds: 60 }, endpoint: objectOf(2 ** 20 + 1) },
    { ...LARGE, invocations: 2 },
  );
  expect(resultOf(played).sizes.map(({ outcome }) => outcome)).toEqual(['measured', 'measured']);
});

test('processors are called around every invocation of a function with a timeout of 900 s', async () => {
  const before = echo('before', () => '{"made":"new"}');
  const after = echo('after', () => 'null');
  const { played } = await tune(
    { definition: { timeoutSeconds: 900 }, others: [before.definition, after.definition] },
    { preProcessor: 'before', postProcessor: 'after', payload: { id: 1 } },
  );
  expect(codes(resultOf(played))).toContain('long-invocations-lost');
  expect(before.seen).toEqual(new Array(14).fill('{"id":1}'));
  expect(after.seen).toHaveLength(14);
});
