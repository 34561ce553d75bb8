import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readInputFile } from '../../src/cli/tune/read-input-file.ts';
import { readTuneConfig } from '../../src/cli/tune/read-tune-config.ts';
import { settleOptions } from '../../src/cli/tune/settle-options.ts';
import type { TuneOptions } from '../../src/cli/tune/tune-options.ts';
import type { Json } from '../../src/contract/shared/json.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'powerdial-input-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function settle(content: Json, options: TuneOptions = {}): Promise<unknown> {
  const path = join(folder, 'execution.json');
  await writeFile(path, JSON.stringify(content));
  const file = await readInputFile(path);
  return settleOptions(file.functionName ?? 'named', options, file);
}

test.each<[string, Json, TuneOptions, object]>([
  [
    'its own input as it is',
    { function: 'orders', memorySizes: [128, 512], goal: { kind: 'balanced', weight: 0.3 } },
    {},
    { function: 'orders', memorySizes: [128, 512], goal: { kind: 'balanced', weight: 0.3 } },
  ],
  [
    'options before it, and the rest of an object from it',
    { function: 'orders', memorySizes: [128], goal: { kind: 'balanced', weight: 0.3 } },
    { memory: '256,512', weight: '0.7', dryRun: true },
    {
      function: 'orders',
      memorySizes: [256, 512],
      goal: { kind: 'balanced', weight: 0.7 },
      dryRun: true,
    },
  ],
  [
    'a payload of the options in the place of any of its',
    { function: 'orders', payloads: [{ payload: 1, weight: 1 }] },
    { payload: ['{"id":1}'] },
    { function: 'orders', payload: { id: 1 } },
  ],
  [
    'the input of aws-lambda-power-tuning as it is, with keys of ours beside',
    { lambdaARN: ARN, num: 10, powerValues: '128,256', strategy: 'speed' },
    { maxUsd: '5', dryRun: true },
    {
      lambdaARN: ARN,
      num: 10,
      powerValues: '128,256',
      strategy: 'speed',
      maxUsd: 5,
      dryRun: true,
    },
  ],
])('tune --input takes %s', async (_what, content, options, expected) => {
  expect(await settle(content, options)).toEqual(expected);
});

test('an option that aws-lambda-power-tuning’s input says in its own words is refused beside it', async () => {
  await expect(
    settle({ lambdaARN: ARN, num: 10 }, { memory: '128', invocations: '5' }),
  ).rejects.toMatchObject({
    problems: [
      expect.stringMatching(/^--memory: wanted no such option beside aws-lambda-power-tuning/),
      expect.stringMatching(/^--invocations: wanted no such option/),
    ],
  });
});

test('a recorded function takes aws-lambda-power-tuning’s input as it is, without a key that it does not know', async () => {
  const input = { lambdaARN: ARN, num: 10 };
  expect(await settle(input, { recorded: 'orders.json' })).toEqual(input);
});

test.each<[Json, string]>([
  [{ lambdaARN: ARN, num: 10, powerValues: [64] }, 'powerValues[0]: wanted at least 128, it is 64'],
  [{ function: 'orders', memorySizes: [64] }, 'memorySizes[0]: wanted at least 128, it is 64'],
])('a problem of --input names the key of the file: %j', async (content, problem) => {
  await expect(settle(content)).rejects.toMatchObject({ problems: [problem] });
});

test.each([
  ['no-such.json', null, /there is no .*no-such\.json/],
  ['text.json', 'orders', /wanted JSON in .*text\.json/],
  ['list.json', '[]', /an object/],
])('--input of %s is refused in words', async (name, content, problem) => {
  const path = join(folder, name);
  if (content !== null) await writeFile(path, content);
  await expect(readInputFile(path)).rejects.toThrow(problem);
});

test('a byte order mark before the input is no part of it', async () => {
  const path = join(folder, 'mark.json');
  await writeFile(path, `\uFEFF{"function":"orders"}`);
  expect(await readInputFile(path)).toMatchObject({ functionName: 'orders', isPeers: false });
});

test.each<[TuneOptions, object]>([
  [{ payload: ['s3://events/orders.json'] }, { payloadS3: 's3://events/orders.json' }],
  [
    { preProcessor: 'before', postProcessor: ARN },
    { preProcessor: 'before', postProcessor: ARN },
  ],
  [{ pause: '1.5s' }, { pauseMs: 1500 }],
  [{ history: '14d' }, { history: { days: 14 } }],
  [{ history: false }, { history: false }],
  [
    { onlyColdStarts: true, coldStarts: '5' },
    { onlyColdStarts: true, coldStarts: 5 },
  ],
])('the command takes as options what the input takes as keys: %j', async (options, input) => {
  expect(await settleOptions('orders', options)).toEqual({ function: 'orders', ...input });
});

test.each<[TuneOptions, string]>([
  [{ payload: ['s3://events/a.json', '{}'] }, '--payload: wanted one place in S3'],
  [{ pause: 'long' }, '--pause: wanted a duration'],
  [{ history: 'always' }, '--history: wanted days such as 14d'],
  [{ history: '400d' }, '--history: wanted at most 365'],
  [{ history: '14d', local: 'app.mjs' }, '--history: has no effect with --local'],
  [{ history: false, recorded: 'orders.json' }, '--no-history: has no effect with --recorded'],
  [{ onlyColdStarts: true }, '--only-cold-starts: wanted --cold-starts of at least 1 beside it'],
])('a value that cannot be is refused by the name of its option: %j', async (options, problem) => {
  await expect(settleOptions('orders', options)).rejects.toMatchObject({
    problems: [expect.stringContaining(problem)],
  });
});

async function settleBeside(config: Json, options: TuneOptions = {}): Promise<unknown> {
  const path = join(folder, 'config.json');
  await writeFile(path, JSON.stringify(config));
  return settleOptions('orders', options, await readTuneConfig(path));
}

test('a run takes from tune of the configuration what no option says', async () => {
  const config = {
    budgets: { cost: { max: '2 USD/M' } },
    tune: { maxUsd: 0.2, memorySizes: [128, 512], goal: { kind: 'balanced', weight: 0.3 } },
  };
  expect(await settleBeside(config, { memory: '256,1024', weight: '0.7' })).toEqual({
    function: 'orders',
    maxUsd: 0.2,
    memorySizes: [256, 1024],
    goal: { kind: 'balanced', weight: 0.7 },
  });
});

test('a configuration that says nothing of tune changes no run, even where a rule of its check is wrong', async () => {
  expect(await settleBeside({ budgets: { cost: { max: 'two' } } })).toEqual({ function: 'orders' });
});

test.each<[string, Json, TuneOptions, RegExp]>([
  ['an unknown key', { tune: { maxUds: 1 } }, {}, /"maxUds" in tune .* did you mean "maxUsd"\?$/],
  ['a mistyped tune', { tunee: {} }, {}, /"tunee" is not a known key; did you mean "tune"\?$/],
  ['a wrong value', { tune: { maxUsd: -1 } }, {}, /tune\.maxUsd: wanted more than 0, it is -1$/],
  [
    'a key of one run',
    { tune: { function: 'carts' } },
    {},
    /"function" in tune is not a known key/,
  ],
  [
    'the name of a file as payload',
    { tune: { payload: 'e.json' } },
    {},
    /tune\.payload: .* --payload/,
  ],
  [
    'keys that exclude each other',
    { tune: { onlyColdStarts: true } },
    {},
    /config\.json: tune\.onlyColdStarts: wanted coldStarts/,
  ],
  [
    'an option that is wrong',
    { tune: { maxUsd: 1 } },
    { maxUsd: '-1' },
    /^--max-usd: wanted more than 0/,
  ],
])(
  'the configuration of tune is refused with its place: %s',
  async (_, config, options, problem) => {
    await expect(settleBeside(config, options)).rejects.toThrow(problem);
  },
);

test('there need be no configuration, but one that is named must be there', async () => {
  expect(await readTuneConfig(undefined)).toBeNull();
  await expect(readTuneConfig(join(folder, 'none.json'))).rejects.toThrow(
    /^--config: cannot read /,
  );
});
