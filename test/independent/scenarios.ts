import {
  CreateAliasCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Json } from '../../src/contract/shared/json.ts';
import { LITTLE_NOISE } from './engine.ts';
import type { Scenario } from './scenario.ts';

type More = Readonly<Record<string, Json>>;

/** One invocation at a time, so that both engines draw the same durations in the same order. */
const run =
  (more: More = {}) =>
  (functionName: string): Json => ({
    function: functionName,
    memorySizes: [128, 512, 1769],
    invocations: 10,
    concurrency: 1,
    seed: 5,
    ...more,
  });

/** Calls like those that the run makes at 512 MB. */
const PRODUCTION_MS = Array.from({ length: 60 }, (_, index) => 390 + (index % 21));

const THROTTLED = { status: 429, code: 'TooManyRequestsException', message: 'Rate Exceeded.' };
const INTERNAL = { status: 500, code: 'ServiceException', message: 'internal' };
const TIMED_OUT = {
  errorType: 'Sandbox.Timedout',
  errorMessage: 'RequestId: 1 Error: Task timed out after 900.00 seconds',
  afterWork: true,
};
const KILLED = {
  errorType: 'Runtime.ExitError',
  errorMessage: 'RequestId: 1 Error: Runtime exited with error: signal: killed',
  afterWork: false,
};
const OUT_OF_MEMORY = {
  errorType: 'Runtime.OutOfMemory',
  errorMessage: 'RequestId: 1 Error: Runtime exited with error: signal: killed',
  afterWork: false,
};

async function withAlias(client: LambdaClient, FunctionName: string): Promise<void> {
  await client.send(new PublishVersionCommand({ FunctionName, Description: 'release' }));
  const alias = { FunctionName, Name: 'live', FunctionVersion: '1' };
  await client.send(new CreateAliasCommand(alias));
}

/** Two versions, of which the second equals $LATEST. */
async function withVersions(client: LambdaClient, FunctionName: string): Promise<void> {
  await client.send(new PublishVersionCommand({ FunctionName }));
  await describe(client, FunctionName, 'takes orders');
  await client.send(new PublishVersionCommand({ FunctionName }));
}

function describe(client: LambdaClient, FunctionName: string, Description: string) {
  return client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
}

/** A check invokes several at a time, and which one comes first is nobody's law. */
const ALWAYS_THE_SAME = { 512: { warmMs: [400], initMs: [149], maxMemoryUsedMb: 71 } };

const sides =
  (more: More = {}) =>
  (functionName: string): Json => ({
    base: { function: functionName, qualifier: '1' },
    head: { function: functionName, qualifier: '2' },
    seed: 3,
    ...more,
  });

/** What both workflows can meet, by a title that is part of names. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  plain: { input: run(), ends: 'SUCCEEDED' },
  adaptive: { input: (name) => ({ function: name, seed: 5, concurrency: 1 }), ends: 'SUCCEEDED' },
  'dry-run': { input: run({ dryRun: true }), ends: 'SUCCEEDED' },
  'cold-starts': { input: run({ coldStarts: 3, invocations: 4 }), ends: 'SUCCEEDED' },
  payloads: {
    input: run({
      payloads: [
        { payload: { 'a"b': ['{% $x %}', '\\', '\u2028', null, 1e-9, true] }, weight: 1 },
        { payload: '<b>😀', weight: 3 },
      ],
    }),
    ends: 'SUCCEEDED',
  },
  'peer-input': {
    input: (name) => ({
      lambdaARN: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
      powerValues: [128, 512, 1769],
      num: 10,
      payload: { a: 1 },
      strategy: 'cost',
      seed: 5,
    }),
    anyOrder: true,
    ends: 'SUCCEEDED',
  },
  apply: { setUp: withVersions, input: run({ apply: true }), ends: 'SUCCEEDED', changes: true },
  'apply-to-alias': {
    setUp: withAlias,
    input: run({ apply: { alias: 'live' } }),
    ends: 'SUCCEEDED',
    changes: true,
  },
  'apply-to-no-alias': {
    input: run({ apply: { alias: 'live' } }),
    ends: 'FAILED',
  },
  history: {
    historyMs: PRODUCTION_MS,
    input: run({ history: { days: 14 } }),
    ends: 'SUCCEEDED',
  },
  'history-of-nothing': { input: run({ history: { days: 14 } }), ends: 'SUCCEEDED' },
  'history-dies-as-it-counts': {
    historyMs: PRODUCTION_MS,
    input: run({ history: { days: 14 } }),
    died: (stage, nth) =>
      stage === 'ReadHistory' && nth === 2 ? { ...KILLED, afterWork: true } : null,
    ends: 'SUCCEEDED',
  },
  'stopped-in-read-history': {
    historyMs: PRODUCTION_MS,
    input: run({ history: { days: 14 } }),
    stopIn: 'ReadHistory',
    ends: 'ABORTED',
  },
  'bucket-gone': { bucket: false, input: run(), ends: 'SUCCEEDED' },
  'a-size-dies': {
    memory: {
      ...LITTLE_NOISE,
      128: { ...LITTLE_NOISE[128], outcome: 'out-of-memory', maxMemoryUsedMb: 128 },
    },
    input: run(),
    ends: 'SUCCEEDED',
  },
  'wrong-input': {
    input: (name) => ({ function: name, memorySizes: [64, 128, 128], invocation: 5, maxUsd: -1 }),
    ends: 'FAILED InvalidInput',
  },
  'no-function': { input: () => ({}), ends: 'FAILED InvalidInput' },
  'unknown-function': { input: run({ function: 'nobody' }), ends: 'FAILED TargetNotFound' },
  'no-concurrency': {
    setUp: (client, FunctionName) =>
      client.send(
        new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
      ),
    input: run(),
    ends: 'FAILED',
  },
  'left-by-a-dead-run': {
    async setUp(client, FunctionName) {
      const left = 'powerdial embedded-1a2b3c4d #2 1024MB above 0 until 2020-11-21T17:40Z';
      await client.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName,
          MemorySize: 1024,
          Description:
            '[powerdial embedded-1a2b3c4d #2 set 1024MB/60s was 512MB/60s until 2020-11-21T17:40Z] takes orders',
        }),
      );
      await client.send(new PublishVersionCommand({ FunctionName, Description: left }));
    },
    input: run(),
    ends: 'SUCCEEDED',
    changes: true,
  },
  'locked-by-another-run': {
    setUp: (client, FunctionName) =>
      describe(
        client,
        FunctionName,
        '[powerdial embedded-1a2b3c4d #2 set 512MB/60s was 128MB/60s until 2099-11-21T17:40Z] x',
      ),
    input: run(),
    ends: 'FAILED',
  },

  'plan-throttled': {
    input: run(),
    refused: (stage, nth) => (stage === 'Plan' && nth <= 2 ? THROTTLED : null),
    ends: 'SUCCEEDED',
  },
  'inspect-throttled': {
    input: run(),
    refused: (stage, nth) => (stage === 'Inspect' && nth <= 3 ? THROTTLED : null),
    ends: 'SUCCEEDED',
  },
  'inspect-refused': {
    input: run(),
    refused: (stage) => (stage === 'Inspect' ? INTERNAL : null),
    ends: 'FAILED',
  },
  'set-memory-refused': {
    input: run(),
    refused: (stage, nth) => (stage === 'SetMemory' && nth === 2 ? INTERNAL : null),
    ends: 'SUCCEEDED',
  },
  'measure-throttled-for-good': {
    input: run(),
    refused: (stage) => (stage === 'Measure' ? THROTTLED : null),
    ends: 'FAILED',
  },
  'a-slice-times-out': {
    input: run(),
    died: (stage, nth) => (stage === 'Measure' && nth === 1 ? TIMED_OUT : null),
    ends: 'SUCCEEDED',
  },
  'a-slice-crashes': {
    input: run(),
    died: (stage, nth) => (stage === 'Measure' && nth === 1 ? KILLED : null),
    ends: 'SUCCEEDED',
  },
  'a-slice-runs-out-of-memory': {
    input: run(),
    died: (stage, nth) => (stage === 'Measure' && nth === 1 ? OUT_OF_MEMORY : null),
    ends: 'SUCCEEDED',
  },
  'all-slices-lost': {
    input: run(),
    died: (stage) => (stage === 'Measure' ? TIMED_OUT : null),
    ends: 'FAILED',
  },
  'recommend-crashes': {
    input: run(),
    died: (stage) => (stage === 'Recommend' ? KILLED : null),
    ends: 'FAILED',
  },
  'apply-lost': {
    input: run({ apply: true }),
    died: (stage) => (stage === 'Apply' ? TIMED_OUT : null),
    ends: 'FAILED',
    changes: true,
  },
  'clean-up-tried-again': {
    input: run(),
    refused: (stage, nth) => (stage === 'CleanUp' && nth <= 3 ? INTERNAL : null),
    ends: 'SUCCEEDED',
  },
  'clean-up-refused': {
    input: run(),
    refused: (stage, nth) => (stage === 'CleanUp' && nth <= 20 ? INTERNAL : null),
    ends: 'FAILED NotPutBack',
  },

  'execution-times-out': {
    input: run({ pauseMs: 3000 }),
    alter: (definition) => {
      definition.TimeoutSeconds = 8;
    },
    ends: 'TIMED_OUT',
  },
  'plan-times-out': {
    input: run(),
    alter: ({ States }) => {
      if (States['Plan'] !== undefined) States['Plan'].TimeoutSeconds = 3;
    },
    slowMs: (stage) => (stage === 'Plan' ? 6000 : 0),
    ends: 'FAILED',
  },
  'stopped-in-inspect': { input: run(), stopIn: 'Inspect', ends: 'ABORTED' },
  'stopped-in-set-memory': {
    setUp: withVersions,
    input: run(),
    stopIn: 'SetMemory',
    ends: 'ABORTED',
  },
  'stopped-in-restore': { input: run(), stopIn: 'Restore', ends: 'ABORTED' },
  'stopped-in-measure': { input: run(), stopIn: 'Measure', ends: 'ABORTED' },
  'stopped-in-apply': {
    setUp: withAlias,
    input: run({ apply: { alias: 'live' } }),
    stopIn: 'Apply',
    ends: 'ABORTED',
    changes: true,
  },

  'check-of-two-versions': {
    workflow: 'check',
    memory: ALWAYS_THE_SAME,
    setUp: withVersions,
    input: sides(),
    ends: 'SUCCEEDED',
  },
  'check-of-nothing': { workflow: 'check', input: () => ({}), ends: 'FAILED InvalidInput' },
  'check-of-nobody': {
    workflow: 'check',
    input: () => ({ head: { function: 'nobody' } }),
    ends: 'FAILED TargetNotFound',
  },
  'check-throttled': {
    workflow: 'check',
    memory: ALWAYS_THE_SAME,
    setUp: withVersions,
    input: sides(),
    refused: (stage, nth) => (stage === 'CheckMeasure' && nth <= 2 ? THROTTLED : null),
    ends: 'SUCCEEDED',
  },
  'check-times-out': {
    workflow: 'check',
    setUp: withVersions,
    input: sides(),
    died: (stage) => (stage === 'CheckMeasure' ? TIMED_OUT : null),
    ends: 'FAILED',
  },
};
