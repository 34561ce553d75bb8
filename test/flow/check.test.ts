import { afterEach, expect, test } from 'vitest';
import type { CheckInput } from '../../src/contract/check/check-stages.ts';
import type { CheckedFunction, CheckRule } from '../../src/contract/check/check.ts';
import { type LambdaEndpointOptions, namedFault } from '../../src/emulator/index.ts';
import { playCheck, type PlayedCheck } from '../../src/play/play-check.ts';
import { packSides } from '../../src/stages/check/check-codec.ts';
import { embeddedTarget, snapshot, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';
import { spreadHost } from './spread-host.ts';
import { sideOf } from '../core/compare/sides.ts';

let target: EmbeddedTarget | null = null;

afterEach(async () => {
  await target?.close();
  target = null;
});

const RULES: CheckRule[] = (['duration.p50', 'cost'] as const).map((metric) => ({
  kind: 'regression',
  metric,
  bound: 'max',
  limit: 0.05,
  level: 'error',
}));

async function open(
  headMs: number,
  options: { endpoint?: LambdaEndpointOptions; outcome?: string; streams?: number } = {},
): Promise<void> {
  const setting = { memoryMb: 1024, timeoutSeconds: 30, architecture: 'arm64' } as const;
  target = await embeddedTarget({
    definition: { ...setting, host: spreadHost(100) },
    others: [
      { ...setting, name: 'head', host: spreadHost(headMs, options), runtime: 'nodejs22.x' },
    ],
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
}

async function play(input: Partial<CheckInput> = {}, signal?: AbortSignal): Promise<PlayedCheck> {
  if (target === null) throw new Error('not open');
  return playCheck({
    input: {
      name: 'orders',
      base: { function: TARGET_NAME, qualifier: null },
      head: { function: 'head', qualifier: null },
      stored: null,
      payloads: [{ payload: {}, weight: 1 }],
      varyPayload: false,
      allowRepeats: false,
      measuredBefore: 0,
      ignoreErrors: [],
      rules: RULES,
      comparisons: 2,
      falseAlarmRate: 0.01,
      maxInvocations: 400,
      maxUsd: 1,
      mostEnvironments: 8,
      driftSpread: 0.05,
      exhaustive: false,
      patient: false,
      emulation: 'recorded',
      machine: null,
      seed: 3,
      ...input,
    },
    world: { ...target.deps, onCheckProgress: () => undefined },
    signal: signal ?? new AbortController().signal,
  });
}

function resultOf(played: PlayedCheck): CheckedFunction {
  if (played.kind !== 'done') throw new Error(JSON.stringify(played));
  return played.result;
}

const verdicts = (result: CheckedFunction): readonly string[] =>
  result.metrics.map(({ verdict }) => verdict);

test('a function against itself is told to be the same at the second look, and nothing was changed', async () => {
  await open(100);
  const before = await snapshot(target?.deps as EmbeddedTarget['deps']);
  const result = resultOf(await play());
  expect(verdicts(result).every((each) => each === 'within-noise' || each === 'pass')).toBe(true);
  // 30 % of 400, and a trial of each side.
  expect(result.spent.invocations).toBe(122);
  expect(result.looks).toBe(2);
  expect(result.observations.rows).toHaveLength(120);
  expect(result.metrics[0]?.environments).toEqual({ base: 8, head: 8 });
  expect(await snapshot(target?.deps as EmbeddedTarget['deps'])).toEqual(before);
});

test('a head that is 30 % slower has regressed', async () => {
  await open(130);
  expect(verdicts(resultOf(await play()))).toContain('regressed');
});

test('an alias and a version of one function are the sides', async () => {
  await open(100);
  const client = target?.client;
  const { PublishVersionCommand, CreateAliasCommand } = await import('@aws-sdk/client-lambda');
  await client?.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  await client?.send(
    new CreateAliasCommand({ FunctionName: TARGET_NAME, Name: 'live', FunctionVersion: '1' }),
  );
  const result = resultOf(
    await play({
      base: { function: TARGET_NAME, qualifier: 'live' },
      head: { function: TARGET_NAME, qualifier: '$LATEST' },
    }),
  );
  expect(result.base?.version).toBe('1');
  expect(result.head.version).toBe('$LATEST');
});

test('a version may be part of the function, as an execution is started by hand', async () => {
  await open(100);
  const client = target?.client;
  const { PublishVersionCommand } = await import('@aws-sdk/client-lambda');
  await client?.send(new PublishVersionCommand({ FunctionName: TARGET_NAME }));
  const head = { function: `${TARGET_NAME}:1`, qualifier: null };
  const result = resultOf(await play({ base: { ...head, function: TARGET_NAME }, head }));
  expect([result.base?.version, result.head.version]).toEqual(['$LATEST', '1']);
  const both = await play({ base: null, head: { ...head, qualifier: 'live' } });
  expect(both).toMatchObject({ kind: 'failed', error: 'InvalidInput' });
});

test('$LATEST that somebody deploys to while it is checked is not judged', async () => {
  let invoked = 0;
  await open(100, {
    endpoint: {
      intercept: ({ operation }) =>
        operation === 'Invoke' && ++invoked === 30
          ? { kind: 'act', when: 'before', act: () => deploy() }
          : undefined,
    },
  });
  const { UpdateFunctionCodeCommand } = await import('@aws-sdk/client-lambda');
  const deploy = async (): Promise<void> => {
    await target?.client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'head', ZipFile: Buffer.from('another') }),
    );
  };
  expect(await play()).toMatchObject({
    kind: 'failed',
    error: 'TargetChanged',
    cause: expect.stringMatching(/head:\$LATEST.*deployed since/) as unknown,
  });
});

test('few environments are inconclusive, however large the difference', async () => {
  await open(300, { streams: 2 });
  const result = resultOf(await play({ maxInvocations: 60 }));
  expect(verdicts(result)).toEqual(['inconclusive', 'inconclusive']);
  expect(result.metrics[0]?.reason).toMatch(/2 environment/);
});

test('where logs may not be read, a check says so and judges by the cold starts that it saw', async () => {
  await open(200, {
    endpoint: {
      intercept: (request) =>
        request.operation === 'FilterLogEvents'
          ? namedFault('access-denied', request, 'before')
          : undefined,
    },
  });
  const result = resultOf(await play());
  expect(result.warnings.map(({ code }) => code)).toContain('log-streams-unread');
  expect(result.metrics[0]?.environments.head).toBeNull();
});

test('against a stored baseline a change of 30 % is told from drift, and a change of 10 % is not', async () => {
  await open(110);
  const base = sideOf([97, 99, 100, 101, 103, 98, 102], {
    scale: Array.from({ length: 20 }, () => 1),
  });
  const stored = (await readKey()) as CheckInput['stored'];
  const result = resultOf(
    await play({
      base: null,
      stored: stored && {
        ...stored,
        observations: packSides({ base: [], head: base.observations }),
      },
    }),
  );
  expect(result.baseline).toBe('stored');
  expect(verdicts(result)).toEqual(['inconclusive', 'inconclusive']);
  expect(result.warnings.map(({ code }) => code)).toContain('stored-baseline');
});

/** The head's own facts, as a baseline of it would have them. */
async function readKey(): Promise<unknown> {
  const result = resultOf(
    await play({ base: null, rules: [], exhaustive: true, maxInvocations: 60 }),
  );
  return { facts: result.head, observations: packSides({ base: [], head: [] }) };
}

test.each([
  [
    'a function that does not exist',
    { head: { function: 'nowhere', qualifier: null } },
    'TargetNotFound',
  ],
  [
    'an alias that does not exist',
    { head: { function: TARGET_NAME, qualifier: 'none' } },
    'TargetNotFound',
  ],
  ['an input that is none', { maxInvocations: -1 }, 'InvalidInput'],
] as const)('a check of %s fails, with the error that names it', async (_, input, error) => {
  await open(100);
  expect(await play(input as Partial<CheckInput>)).toMatchObject({ kind: 'failed', error });
});

const ERRORS: CheckRule = {
  kind: 'regression',
  metric: 'errors',
  bound: 'max',
  limit: 0,
  level: 'error',
};

test('a head that only fails has regressed where its base ends well, at the first look', async () => {
  await open(100, { outcome: 'error' });
  const result = resultOf(await play({ rules: [...RULES, ERRORS] }));
  expect(result.metrics.at(-1)).toMatchObject({ metric: 'errors', verdict: 'regressed', head: 1 });
  expect(result.looks).toBe(1);
  // 15 % of 400, one trial of the base, and three of the head.
  expect(result.spent.invocations).toBe(64);
  expect(result.warnings.map(({ code }) => code)).toContain('head-failed-trial');
});

test('a head that only fails is a failed run where no rule judges errors, and no pass', async () => {
  await open(100, { outcome: 'error' });
  expect(await play()).toMatchObject({
    kind: 'failed',
    error: 'NothingMeasured',
    cause: expect.stringMatching(/^Measure the head: /) as unknown,
  });
});

test('a side whose trial times out is not tried again: another try would take as long', async () => {
  await open(100, { outcome: 'timeout' });
  const result = resultOf(await play({ rules: [...RULES, ERRORS] }));
  expect(result.metrics.at(-1)).toMatchObject({ metric: 'errors', verdict: 'regressed', head: 1 });
  // 15 % of 400, and one trial of each side.
  expect(result.spent.invocations).toBe(62);
  expect(result.warnings).toContainEqual(
    expect.objectContaining({ code: 'head-failed-trial', attempts: 1 }),
  );
});

test.each([
  ['the base alone fails', { base: 'head', head: TARGET_NAME }, /not the base/],
  ['neither side ends well', { base: 'head', head: 'head' }, /neither side/],
])('a check where %s is a failed run, and says which side failed', async (_, sides, words) => {
  await open(100, { outcome: 'error' });
  const played = await play({
    rules: [...RULES, ERRORS],
    base: { function: sides.base, qualifier: null },
    head: { function: sides.head, qualifier: null },
  });
  expect(played).toMatchObject({
    kind: 'failed',
    error: 'TrialFailed',
    cause: expect.stringMatching(words) as unknown,
  });
});

test('errors that are ignored are no failures, and no measurement either', async () => {
  await open(100, { outcome: 'error' });
  const [type] = await errorTypes();
  const played = await play({ rules: [ERRORS], ignoreErrors: [type ?? ''] });
  expect(played).toMatchObject({ kind: 'failed', error: 'NothingMeasured' });
});

async function errorTypes(): Promise<readonly string[]> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const reply = await target?.client.send(new InvokeCommand({ FunctionName: 'head' }));
  const text = Buffer.from(reply?.Payload ?? []).toString('utf8');
  return [(JSON.parse(text) as { readonly errorType: string }).errorType];
}

test('maxUsd stops a check before the next block', async () => {
  await open(110);
  // A block reserves 16 × (30 + 10) s × 1 GB at 0.0000133 USD: 0.0085 USD, which is more.
  const played = await play({ maxUsd: 0.005 });
  expect(played).toMatchObject({ kind: 'failed', error: 'NothingMeasured' });
});

test('an interrupted check ends', async () => {
  await open(100);
  expect(await play({}, AbortSignal.abort())).toEqual({ kind: 'interrupted', result: null });
});
