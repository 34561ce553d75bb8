import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { playTune, type PlayedRun } from '../../src/play/play-tune.ts';
import {
  readRecording,
  recordedHost,
  type LambdaEndpointOptions,
  type WorkflowEvent,
} from '../../src/emulator/index.ts';
import { fromResultObservations } from '../../src/stages/tune/observation-codec.ts';
import {
  embeddedTarget,
  INVERSE_LAW,
  snapshot,
  TARGET_NAME,
  type EmbeddedTarget,
} from './embedded-target.ts';

let target: EmbeddedTarget;
let before: unknown;

async function open(options: Parameters<typeof embeddedTarget>[0] = {}): Promise<void> {
  target = await embeddedTarget(options);
  before = await snapshot(target.deps);
}

beforeEach(async () => {
  await open();
});

afterEach(async () => {
  await target.close();
});

async function reopen(options: Parameters<typeof embeddedTarget>[0]): Promise<void> {
  await target.close();
  await open(options);
}

function play(
  input: { readonly [key: string]: Json } = {},
  onEvent: (event: WorkflowEvent) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<PlayedRun> {
  return playTune({
    input: {
      function: TARGET_NAME,
      memorySizes: [128, 512, 1769],
      invocations: 10,
      seed: 7,
      ...input,
    },
    world: { ...target.deps, onProgress: () => undefined },
    signal,
    onEvent,
  });
}

function resultOf(played: PlayedRun): Result {
  if (played.kind !== 'done') throw new Error(`${played.kind}: ${JSON.stringify(played)}`);
  return played.output as unknown as Result;
}

test('a run makes as many warm invocations of every size as asked, and leaves the target as it was', async () => {
  const result = resultOf(await play());
  expect(
    result.sizes.map(({ memoryMb, outcome, invocations }) => [memoryMb, outcome, invocations]),
  ).toEqual([
    [128, 'measured', 11],
    [512, 'measured', 11],
    [1769, 'measured', 11],
  ]);
  const observations = fromResultObservations(result.observations);
  for (const size of [128, 512, 1769]) {
    const own = observations.filter(({ memoryMb }) => memoryMb === size);
    expect(own.filter(({ cold }) => cold === false)).toHaveLength(10);
  }
  // One trial invocation comes on top.
  expect(result.spent.invocations).toBe(34);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('log streams tell which environment served each invocation, and a size counts its environments', async () => {
  const result = resultOf(await play());
  const observations = fromResultObservations(result.observations);
  for (const { memoryMb, environments } of result.sizes) {
    const own = observations.filter((each) => each.memoryMb === memoryMb);
    expect(own.every(({ environment }) => typeof environment === 'number')).toBe(true);
    expect(environments).toBe(new Set(own.map(({ environment }) => environment)).size);
  }
  // The versions of different sizes share no environment.
  expect(new Set(observations.map(({ environment }) => environment)).size).toBeGreaterThanOrEqual(
    3,
  );
});

test('under the inverse law up to one vCPU, 1,769 MB costs as much as 128 MB and is 14 times as fast', async () => {
  const result = resultOf(await play({ invocations: 30 }));
  expect(result.recommendation.memoryMb).toBe(1769);
  expect(result.verdict).toBe('change');
  expect(result.confidence.speedup?.estimate).toBeCloseTo(400 / 115.8, 1);
  expect(result.current).toEqual({ memoryMb: 512, timeoutSeconds: 30 });
});

test('the result counts the state transitions that the player made', async () => {
  const entered: string[] = [];
  const result = resultOf(
    await play({}, (event) => {
      if (event.kind === 'state-entered') entered.push(event.stateName);
    }),
  );
  expect(result.spent.stateTransitions).toBe(entered.length);
});

test('production sees another size only while versions are published', async () => {
  const during: (readonly [string, number])[] = [];
  const onEvent = (event: WorkflowEvent): void => {
    if (event.kind === 'state-exited') during.push([event.stateName, event.atMs]);
  };
  resultOf(await play({}, onEvent));
  const names = during.map(([name]) => name);
  expect(names.indexOf('Restore')).toBeLessThan(names.indexOf('Measure'));
});

test('a dry run changes nothing, invokes nothing and shows the plan', async () => {
  // Ten of each of three sizes and the trial; up to 4 more of each may be cold, 8 being under way at once.
  const played = await play({ dryRun: true });
  expect(played).toMatchObject({
    kind: 'done',
    output: { dryRun: true, mostInvocations: 43, mostUsd: 1, target: { memoryMb: 512 } },
  });
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a dry run asks whether the function may be invoked, runs nothing for it, and fails where it may not', async () => {
  let ran = 0;
  let isDenied = false;
  const read = readRecording(INVERSE_LAW);
  if (read.kind === 'invalid') throw new Error(read.problems.join());
  const host = recordedHost(read.recording, { seed: 1 });
  const asked: string[] = [];
  await reopen({
    definition: { host: { ...host, invoke: (...given) => ((ran += 1), host.invoke(...given)) } },
    endpoint: {
      intercept({ operation }) {
        if (operation !== 'Invoke') return undefined;
        asked.push(operation);
        return isDenied
          ? { kind: 'answer', status: 403, code: 'AccessDeniedException', message: 'not allowed' }
          : undefined;
      },
    },
  });
  expect(await play({ dryRun: true })).toMatchObject({ kind: 'done' });
  isDenied = true;
  expect(await play({ dryRun: true })).toMatchObject({
    kind: 'failed',
    error: 'PermissionMissing',
    cause: expect.stringContaining('lambda:InvokeFunction') as unknown,
  });
  expect([asked.length, ran]).toEqual([2, 0]);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('sizes that the account refuses are outcomes, the others go on', async () => {
  await reopen({ endpoint: { maxMemoryMb: 1024 } });
  const result = resultOf(await play());
  expect(result.sizes.find(({ memoryMb }) => memoryMb === 1769)).toMatchObject({
    outcome: 'refused',
    invocations: 0,
    durationMs: { mean: null },
  });
  expect(result.sizes.filter(({ outcome }) => outcome === 'measured')).toHaveLength(2);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a size that runs out of memory is an outcome, and is not invoked again and again', async () => {
  const memory = {
    ...INVERSE_LAW.memory,
    '128': { warmMs: [50], outcome: 'out-of-memory' as const },
  };
  await reopen({ recording: { ...INVERSE_LAW, memory } });
  const result = resultOf(await play({ invocations: 50 }));
  const dead = result.sizes.find(({ memoryMb }) => memoryMb === 128);
  expect(dead).toMatchObject({ outcome: 'out-of-memory' });
  expect(dead?.invocations).toBeLessThan(20);
  expect(await snapshot(target.deps)).toEqual(before);
});

test.each([
  [
    'no object at all',
    { function: TARGET_NAME, memorySizes: [64] },
    'InvalidInput',
    /memorySizes\[0\]/,
  ],
  ['a function that is not there', { function: 'nobody' }, 'TargetNotFound', /nobody/],
  ['an alias that is not there', { apply: { alias: 'live' } }, 'InvalidInput', /apply\.alias/],
  ['more invocations than a run may make', { invocations: 8000 }, 'InvalidInput', /24000/],
  [
    'a limit that no size meets',
    { limits: { durationMs: { mean: 1 } } },
    'NothingMeasured',
    /at most 1\.00 ms/,
  ],
])(
  '%s ends the run with its name and leaves the target as it was',
  async (_, input, error, cause) => {
    const played = await play(input);
    expect(played).toMatchObject({ kind: 'failed', error });
    expect((played as { cause: string }).cause).toMatch(cause);
    expect(await snapshot(target.deps)).toEqual(before);
  },
);

test('a payload that the function does not understand costs one invocation where no larger size is asked for', async () => {
  const memory = { '512': { warmMs: [5], outcome: 'error' as const } };
  await reopen({ recording: { name: TARGET_NAME, memory } });
  const scheduled: string[] = [];
  const played = await play({ memorySizes: [512] }, (event) => {
    if (event.kind === 'task-scheduled') scheduled.push(event.stateName);
  });
  expect(played).toMatchObject({ kind: 'failed', error: 'TrialFailed' });
  expect(scheduled).toEqual(['Inspect', 'CleanUp']);
});

test.each([
  [undefined, 'ignoreErrors'],
  ['command', '--ignore-error'],
] as const)(
  'a run played for %s says what to do about a failed trial in its words: %s',
  async (surface, word) => {
    const memory = { '512': { warmMs: [5], outcome: 'error' as const } };
    await reopen({ recording: { name: TARGET_NAME, memory } });
    const played = await playTune({
      input: { function: TARGET_NAME, memorySizes: [512] },
      world: { ...target.deps, onProgress: () => undefined },
      signal: new AbortController().signal,
      onEvent: () => undefined,
      ...(surface === undefined ? {} : { surface }),
    });
    expect((played as { cause: string }).cause).toContain(word);
  },
);

test('a function that fails at its present size is measured where a larger one ends well', async () => {
  const memory = {
    '512': { warmMs: [5], outcome: 'error' as const },
    '1769': { warmMs: [20], maxMemoryUsedMb: 70 },
  };
  await reopen({ recording: { name: TARGET_NAME, memory } });
  const result = resultOf(await play({ memorySizes: [512, 1769], concurrency: 1 }));
  expect(result.recommendation.memoryMb).toBe(1769);
  expect(result.sizes.map(({ outcome, invocations }) => [outcome, invocations])).toEqual([
    ['failed', 5],
    ['measured', 10],
  ]);
  expect(result.sizes[0]?.failures).toEqual([{ type: 'Error', message: null, count: 5 }]);
  expect(result.sizes[0]?.reason).toBe('5 of 5 invocations ended in an error (Error)');
  expect(result.sizes[1]).not.toHaveProperty('failures');
  // A size is given up after five errors; the trial comes on top.
  expect(result.spent.invocations).toBe(16);
  expect(result.warnings).toContainEqual(
    expect.objectContaining({ code: 'trial-failed', memoryMb: 512, errorType: 'Error' }),
  );
  expect(await snapshot(target.deps)).toEqual(before);
});

test('what a function said when it failed is in the result where logPayloads says so', async () => {
  const memory = {
    '512': { warmMs: [5], outcome: 'error' as const },
    '1769': { warmMs: [20], maxMemoryUsedMb: 70 },
  };
  await reopen({ recording: { name: TARGET_NAME, memory } });
  const input = { memorySizes: [512, 1769], concurrency: 1, logPayloads: true };
  const [failed] = resultOf(await play(input)).sizes;
  expect(failed?.failures).toEqual([
    { type: 'Error', message: expect.any(String) as unknown, count: 5 },
  ]);
});

test('a run ends after two invocations where a larger size fails like the present one', async () => {
  const memory = { '512': { warmMs: [5], outcome: 'error' as const } };
  const recording = { name: TARGET_NAME, memory: { ...memory, '1769': memory['512'] } };
  await reopen({ recording });
  const scheduled: string[] = [];
  const played = await play({}, (event) => {
    if (event.kind === 'task-scheduled') scheduled.push(event.stateName);
  });
  expect(played).toMatchObject({
    kind: 'failed',
    error: 'TrialFailed',
    cause: expect.stringContaining('wanted an answer at 512 or 1769 MB') as unknown,
  });
  expect(scheduled.filter((name) => name === 'Measure')).toHaveLength(1);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a trial that runs into the timeout is said before anything is measured', async () => {
  const memory = {
    '512': { warmMs: [9000], outcome: 'timeout' as const },
    '1769': { warmMs: [20] },
  };
  await reopen({ recording: { name: TARGET_NAME, memory } });
  let told: unknown = null;
  const played = await play({ memorySizes: [512, 1769] }, (event) => {
    if (event.kind === 'task-succeeded' && event.stateName === 'Inspect') told = event.output;
  });
  expect(told).toMatchObject({
    warnings: [{ code: 'trial-timed-out', memoryMb: 512, timeoutSeconds: 30, waitedSeconds: null }],
  });
  expect(resultOf(played).recommendation.memoryMb).toBe(1769);
});

test('a function that is killed at every size gets no recommendation', async () => {
  const dead = { warmMs: [50], outcome: 'out-of-memory' as const };
  await reopen({ recording: { name: TARGET_NAME, memory: { '128': dead, '3008': dead } } });
  expect(await play()).toMatchObject({ kind: 'failed', error: 'NothingMeasured' });
  expect(await snapshot(target.deps)).toEqual(before);
});

test('maxUsd is never passed, and stopping for it is said', async () => {
  const result = resultOf(await play({ invocations: 200, maxUsd: 0.0032 }));
  expect(result.spent.usd).toBeLessThanOrEqual(0.0032);
  expect(result.spent.invocations).toBeLessThan(600);
  expect(result.warnings.map(({ code }) => code)).toContain('budget-reached');
});

test('a budget that ends an adaptive run is named once', async () => {
  const result = resultOf(await play({ invocations: 'auto', maxUsd: 0.00208 }));
  const named = result.warnings.filter(({ code }) =>
    ['budget-reached', 'decision-open'].includes(code),
  );
  expect(named.map(({ message }) => message)).toEqual([
    expect.stringMatching(/maxUsd, which is 0\.00208/),
  ]);
});

test('a budget below what one invocation of every size can cost is refused, with the least that it takes', async () => {
  const played = await play({ maxUsd: 0.0012 });
  expect(played).toMatchObject({ kind: 'failed', error: 'InvalidInput' });
  // 1769 MB for 60 s are 103.7 GB-s, and an init is billed as well: at 0.0000166667 USD more than 0.0017.
  expect(JSON.stringify(played)).toMatch(
    /maxUsd: wanted at least 0\.00(?:1[7-9]|2\d)\d*.USD.*at 1769 MB/,
  );
  expect(await snapshot(target.deps)).toEqual(before);
});

test('fewer cold starts than asked for are said: a recorded function answers too fast to need two environments', async () => {
  const result = resultOf(await play({ coldStarts: 12, invocations: 5, memorySizes: [512] }));
  // 8 more, as many as run at once, are tried on a version of their own, and two warm ones were cold.
  expect(result.sizes[0]?.invocations).toBe(25);
  expect(result.warnings.map(({ code }) => code)).toContain('fewer-cold-starts');
  expect(await snapshot(target.deps)).toEqual(before);
});

test('apply sets the memory of $LATEST, and nothing else', async () => {
  const result = resultOf(await play({ apply: true, invocations: 30 }));
  expect(result.applied).toEqual({
    memoryMb: 1769,
    timeoutSeconds: 30,
    alias: null,
    version: null,
  });
  const after = await target.deps.readConfiguration({ functionName: TARGET_NAME });
  expect(after).toMatchObject({ memoryMb: 1769, timeoutSeconds: 30, description: 'takes orders' });
  expect(await target.deps.listVersions(TARGET_NAME)).toEqual([]);
});

const SLOW_UPDATES: LambdaEndpointOptions = { updateDelayMs: 40, publishDelayMs: 40 };

const STATES = [
  'Inspect',
  'Plan',
  'SetMemory',
  'Restore',
  'Measure',
  'Recommend',
  'CleanUp',
] as const;

test.each(STATES)('a run that is stopped in %s leaves the target as it was', async (stateName) => {
  await reopen({ endpoint: SLOW_UPDATES });
  const controller = new AbortController();
  let visits = 0;
  const onEvent = (event: WorkflowEvent): void => {
    if (event.kind !== 'task-started' || event.stateName !== stateName) return;
    visits += 1;
    // The second size is set while the first one's journal stands.
    if (visits === (stateName === 'SetMemory' ? 2 : 1)) {
      setTimeout(() => {
        controller.abort();
      }, 5);
    }
  };
  const played = await play({}, onEvent, controller.signal);
  expect(played.kind).toBe('interrupted');
  expect(await snapshot(target.deps)).toEqual(before);
});

test('a second run gives way to the first, which ends well', async () => {
  await reopen({ endpoint: SLOW_UPDATES });
  const second: Promise<PlayedRun>[] = [];
  const first = await play({}, (event) => {
    if (event.kind === 'task-started' && event.stateName === 'Restore') second.push(play());
  });
  expect(first.kind).toBe('done');
  expect(await second[0]).toMatchObject({ kind: 'failed', error: 'TargetLocked' });
  expect(await snapshot(target.deps)).toEqual(before);
});

test('of two runs that start together one does the work, and the other names it', async () => {
  const played = await Promise.all([play(), play()]);
  expect(played.map(({ kind }) => kind).sort()).toEqual(['done', 'failed']);
  expect(played.find(({ kind }) => kind === 'failed')).toMatchObject({ error: 'TargetLocked' });
  expect(await snapshot(target.deps)).toEqual(before);
});
