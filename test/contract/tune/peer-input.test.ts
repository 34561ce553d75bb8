import { expect, test } from 'vitest';
import { parseInput } from '../../../src/contract/tune/parse-input.ts';

// The inputs are those of README-EXECUTE.md of aws-lambda-power-tuning 4.4.
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

function read(peer: Record<string, unknown>): Record<string, unknown> {
  const parsed = parseInput({ lambdaARN: ARN, num: 10, ...peer });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  return parsed.input;
}

test('the smallest input of the peer means its default sizes, the cheapest, and one invocation a size at a time', () => {
  expect(read({})).toMatchObject({
    function: ARN,
    memorySizes: [128, 256, 512, 1024, 1536, 3008],
    invocations: 10,
    payload: null,
    concurrency: 6,
    goal: { kind: 'cheapest' },
    apply: false,
    logPayloads: false,
    peer: { trim: 0.2, stats: false },
  });
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  [
    'strings for numbers',
    { num: '20', powerValues: ['128', '512'] },
    { invocations: 20, memorySizes: [128, 512] },
  ],
  ['a comma-separated text', { powerValues: '128,256' }, { memorySizes: [128, 256] }],
  ['duplicates', { powerValues: [128, 128, 256] }, { memorySizes: [128, 256] }],
  ['speed', { strategy: 'speed' }, { goal: { kind: 'fastest' } }],
  [
    'balanced',
    { strategy: 'balanced', balancedWeight: 0.3 },
    { goal: { kind: 'balanced', weight: 0.3 } },
  ],
  ['all at once', { powerValues: [128, 256], parallelInvocation: true }, { concurrency: 20 }],
  [
    'weights',
    {
      payload: [
        { payload: 1, weight: 1 },
        { payload: 2, weight: 3 },
      ],
    },
    {
      payloads: [
        { payload: 1, weight: 1 },
        { payload: 2, weight: 3 },
      ],
    },
  ],
  [
    'weights beside what else an item has',
    { payload: [{ payload: {}, weight: 1, name: 'small' }] },
    { payloads: [{ payload: {}, weight: 1 }] },
  ],
  [
    'JSON texts of a list, each read as a single one is',
    {
      payload: [
        { payload: '{"id":1}', weight: 1 },
        { payload: { id: 2 }, weight: 1 },
        { payload: 'hello', weight: 1 },
      ],
    },
    {
      payloads: [
        { payload: { id: 1 }, weight: 1 },
        { payload: { id: 2 }, weight: 1 },
        { payload: 'hello', weight: 1 },
      ],
    },
  ],
  [
    'weights as texts',
    {
      payload: [
        { payload: { id: 1 }, weight: '30' },
        { payload: { id: 2 }, weight: '70' },
      ],
    },
    {
      payloads: [
        { payload: { id: 1 }, weight: 30 },
        { payload: { id: 2 }, weight: 70 },
      ],
    },
  ],
  ['a list that is one payload', { payload: [{ payload: 1 }] }, { payload: [{ payload: 1 }] }],
  ['a text that holds JSON is sent as it is', { payload: '{"a":1}' }, { payload: { a: 1 } }],
  ['any other text is sent as a JSON string', { payload: 'hello' }, { payload: 'hello' }],
  [
    'an object of S3',
    { payloadS3: 's3://bucket/key', payload: 1 },
    { payloadS3: 's3://bucket/key' },
  ],
  ['apply', { autoOptimize: true }, { apply: true }],
  [
    'apply to an alias',
    { autoOptimize: true, autoOptimizeAlias: 'live' },
    { apply: { alias: 'live' } },
  ],
  [
    'processors',
    { preProcessorARN: `${ARN}-pre`, postProcessorARN: `${ARN}-post` },
    { preProcessor: `${ARN}-pre`, postProcessor: `${ARN}-post` },
  ],
  ['a pause', { sleepBetweenRunsMs: 500 }, { pauseMs: 500 }],
  ['a pause longer than a minute', { sleepBetweenRunsMs: 120_000 }, { pauseMs: 120_000 }],
  ['a pause as a text', { sleepBetweenRunsMs: '500' }, { pauseMs: 500 }],
  [
    'nothing and empty texts, as no key',
    {
      payload: 1,
      payloadS3: null,
      powerValues: '',
      strategy: null,
      autoOptimize: null,
      autoOptimizeAlias: '',
      preProcessorARN: null,
      dryRun: null,
      sleepBetweenRunsMs: '',
    },
    { payload: 1, apply: false, pauseMs: 0, memorySizes: [128, 256, 512, 1024, 1536, 3008] },
  ],
  [
    'an alias that is empty: $LATEST',
    { autoOptimize: true, autoOptimizeAlias: '' },
    { apply: true },
  ],
  [
    'no sizes: the default ones',
    { powerValues: [] },
    { memorySizes: [128, 256, 512, 1024, 1536, 3008] },
  ],
  [
    'a weight that only the balanced strategy looks at',
    { strategy: 'speed', balancedWeight: 2 },
    { goal: { kind: 'fastest' } },
  ],
  [
    'our keys for what the peer does not have',
    { maxUsd: 5, measureTimeoutSeconds: 30, limits: { costUsdPerMillion: 2 }, seed: 7 },
    { maxUsd: 5, measureTimeoutSeconds: 30, limits: { costUsdPerMillion: 2 }, seed: 7 },
  ],
  ['allowed errors', { allowedExceptions: ['HandledError'] }, { ignoreErrors: ['HandledError'] }],
  ['only cold starts', { onlyColdStarts: true }, { onlyColdStarts: true, coldStarts: 10 }],
  [
    'results of all sizes',
    { includeOutputResults: true, discardTopBottom: 0.1 },
    { peer: { trim: 0.1, stats: true } },
  ],
])('an input of aws-lambda-power-tuning means what it means there: %s', (_, peer, ours) => {
  expect(read(peer)).toMatchObject(ours);
});

test('"ALL" is 128 to 3,008 MB in steps of 64', () => {
  const { memorySizes } = read({ powerValues: 'ALL' }) as { memorySizes: number[] };
  expect(memorySizes).toHaveLength(46);
  expect([memorySizes[0], memorySizes[1], memorySizes.at(-1)]).toEqual([128, 192, 3008]);
});

test('our keys that have a counterpart are the peer’s to say', () => {
  const parsed = parseInput({ lambdaARN: ARN, num: 10, invocations: 20 });
  expect(parsed).toMatchObject({
    kind: 'invalid',
    problems: [expect.stringMatching(/"invocations" is not a known key/)],
  });
});

test('a weight that cannot be used is refused where it is looked at', () => {
  const parsed = parseInput({ lambdaARN: ARN, num: 10, strategy: 'balanced', balancedWeight: 2 });
  expect(parsed).toMatchObject({
    kind: 'invalid',
    problems: ['goal.weight: wanted at most 1, it is 2'],
  });
});

test('what the peer finds out late or never is said at once, all together', () => {
  const parsed = parseInput({
    lambdaARN: ARN,
    strategy: 'cheap',
    discardTopBottom: 0.6,
    powerValues: [64],
    balancedWeights: 1,
  });
  expect(parsed).toEqual({
    kind: 'invalid',
    problems: [
      '"balancedWeights" is not a known key of aws-lambda-power-tuning\'s input; did you mean "balancedWeight"?',
      'num: wanted the number of invocations for each size, it is missing',
      'strategy: wanted "cost", "speed", "balanced", it is "cheap"',
      'discardTopBottom: wanted a number from 0 to 0.4, it is 0.6',
      'memorySizes[0]: wanted at least 128, it is 64',
    ],
  });
});

test('a weight that is no number is refused, and its list never sent as an event', () => {
  const payload = [{ payload: {}, weight: 'heavy' }];
  expect(parseInput({ lambdaARN: 'orders', num: 5, payload })).toEqual({
    kind: 'invalid',
    problems: ['payloads[0].weight: wanted a number, it is "heavy"'],
  });
});

test.each([
  ['8 payloads of equal weight and num 5', Array.from({ length: 8 }, () => 1), 5],
  ['2 payloads and a dry run of one invocation', [1, 1], 1],
])('%s are refused in the words of their input', (_, weights, num) => {
  const payload = weights.map((weight, id) => ({ payload: { id }, weight }));
  expect(parseInput({ lambdaARN: 'orders', num, payload })).toMatchObject({
    kind: 'invalid',
    problems: [expect.stringMatching(/^num: wanted at least \d, so that each of the \d payloads/)],
  });
});
