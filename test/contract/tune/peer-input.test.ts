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
    peer: { trim: 0.2, stats: false, inSeries: true },
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
  [
    'speed, which is the shortest mean',
    { strategy: 'speed' },
    { goal: { kind: 'fastest', tie: 0 } },
  ],
  ['a count with a fraction, which is cut', { num: 7.9 }, { invocations: 7 }],
  ['a count with a fraction as a text', { num: '7.9' }, { invocations: 7 }],
  ['on as a text', { parallelInvocation: 'true', powerValues: [128, 256] }, { concurrency: 20 }],
  [
    'all at once instead of one after the other',
    { parallelInvocation: 1 },
    { concurrency: 60, peer: { inSeries: false } },
  ],
  ['on as a number', { dryRun: 1 }, { dryRun: true }],
  ['off as a text', { dryRun: 'false', autoOptimize: 'False' }, { dryRun: false, apply: false }],
  ['off as a number', { autoOptimize: 0, autoOptimizeAlias: 'live' }, { apply: false }],
  [
    'on as a text, with an alias',
    { autoOptimize: 'true', autoOptimizeAlias: 'live' },
    { apply: { alias: 'live' } },
  ],
  [
    'only cold starts as a text',
    { onlyColdStarts: 'true' },
    { onlyColdStarts: true, coldStarts: 10 },
  ],
  ['results of all sizes as a number', { includeOutputResults: 1 }, { peer: { stats: true } }],
  ['an alias without autoOptimize', { autoOptimizeAlias: 'live' }, { apply: false }],
  ['logs of payloads that are not disabled', { disablePayloadLogs: false }, { logPayloads: true }],
  [
    'logs of payloads that are disabled by a text',
    { disablePayloadLogs: 'true' },
    { logPayloads: false },
  ],
  ['a pause below 0, which is none', { sleepBetweenRunsMs: -5 }, { pauseMs: 0 }],
  ['a pause with a fraction, which is cut', { sleepBetweenRunsMs: '500.7' }, { pauseMs: 500 }],
  [
    'a pause where all go at once, which is none',
    { sleepBetweenRunsMs: 500, parallelInvocation: true },
    { pauseMs: 0 },
  ],
  [
    'one error as a text',
    { allowedExceptions: 'HandledError' },
    { ignoreErrors: ['HandledError'] },
  ],
  [
    'a place in S3 as a URL',
    { payloadS3: 's3://bucket/my%20orders/1.json' },
    { payloadS3: 's3://bucket/my orders/1.json' },
  ],
  [
    'a place in S3 that is no URL',
    { payloadS3: 's3://bucket/100%' },
    { payloadS3: 's3://bucket/100%' },
  ],
  [
    'our keys as texts',
    { maxUsd: '5', measureTimeoutSeconds: '30', allowSmall: 'true' },
    { maxUsd: 5, measureTimeoutSeconds: 30, allowSmall: true },
  ],
  [
    'trimming beyond its bounds, which is clamped',
    { discardTopBottom: 0.6 },
    { peer: { trim: 0.4 } },
  ],
  [
    'a weight beyond its bounds, which is clamped',
    { strategy: 'balanced', balancedWeight: 2 },
    { goal: { weight: 1 } },
  ],
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
    'JSON texts of a list, which stay texts until they are sent',
    {
      payload: [
        { payload: '{"id":1}', weight: 1 },
        { payload: { id: 2 }, weight: 1 },
        { payload: 'hello', weight: 1 },
      ],
    },
    {
      payloads: [
        { payload: '{"id":1}', weight: 1 },
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
  [
    'a text that holds JSON stays a text until it is sent',
    { payload: '{"a":1}' },
    { payload: '{"a":1}' },
  ],
  ['any other text', { payload: 'hello' }, { payload: 'hello' }],
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
    problems: [expect.stringMatching(/"invocations" is not a known key of.*: there it is "num"/)],
  });
});

test('warnings name each value of the peer’s input that is cut to its bounds, and each key that is ignored', () => {
  const input = {
    discardTopBottom: 0.6,
    strategy: 'balanced',
    balancedWeight: -1,
    enableParallel: true,
  };
  expect(parseInput({ lambdaARN: ARN, num: 10, ...input })).toMatchObject({
    kind: 'valid',
    warnings: [
      { code: 'unknown-input-key', key: 'enableParallel', meant: null },
      { code: 'value-clamped', key: 'discardTopBottom', given: 0.6, taken: 0.4 },
      { code: 'value-clamped', key: 'balancedWeight', given: -1, taken: 0 },
    ],
  });
});

test.each([
  ['input copied from a failed state', { error: { Error: 'x', Cause: 'y' } }],
  ['fields of an output', { stats: [], region: 'eu-west-1' }],
])('keys that the peer ignores are ignored with a warning: %s', (_, more) => {
  const parsed = parseInput({ lambdaARN: ARN, num: 10, ...more });
  expect(parsed).toMatchObject({
    kind: 'valid',
    warnings: Object.keys(more).map((key) => ({ code: 'unknown-input-key', key })),
  });
});

test.each([
  ['103 sizes', { powerValues: Array.from({ length: 103 }, (_, at) => 128 + 98 * at) }],
  ['128 sizes', { powerValues: Array.from({ length: 128 }, (_, at) => 128 + 79 * at) }],
  ['9,000 invocations of one size', { num: 9000, powerValues: [128] }],
  ['a payload of 100 KiB', { payload: { text: 'x'.repeat(100 * 1024) } }],
  [
    '300 payloads',
    { num: 300, payload: Array.from({ length: 300 }, (_, id) => ({ payload: { id }, weight: 1 })) },
  ],
])('an input of the peer may have %s', (_, peer) => {
  expect(parseInput({ lambdaARN: ARN, num: 10, ...peer })).toMatchObject({ kind: 'valid' });
});

test.each<[Record<string, unknown>, string]>([
  [
    { powerValues: Array.from({ length: 129 }, (_, at) => 128 + at) },
    'powerValues: wanted at most 128 entries',
  ],
  [{ powerValues: 'all' }, 'powerValues[0]: wanted a number, it is "all"'],
  [{ num: 'ten' }, 'num: wanted "auto"'],
  [{ num: 0, onlyColdStarts: true }, 'num: wanted at least 1, it is 0'],
  [{ sleepBetweenRunsMs: 'long' }, 'sleepBetweenRunsMs: wanted a number, it is "long"'],
  [{ sleepBetweenRunsMs: 400_000 }, 'sleepBetweenRunsMs: wanted at most 300000'],
  [{ allowedExceptions: [7] }, 'allowedExceptions[0]: wanted a string, it is 7'],
  [{ preProcessorARN: 7 }, 'preProcessorARN: wanted a string, it is 7'],
  [
    { autoOptimize: true, autoOptimizeAlias: '7' },
    'autoOptimizeAlias: wanted the name of an alias',
  ],
  [
    { strategy: 'balanced', balancedWeight: 'cost' },
    'balancedWeight: wanted a number, it is "cost"',
  ],
  [{ parallelInvocation: 'yes' }, 'parallelInvocation: wanted true or false, it is "yes"'],
  [{ lambdaARN: 7 }, 'lambdaARN: wanted a string, it is 7'],
  [{ payload: [{ payload: {}, weight: 0 }] }, 'payload[0].weight: wanted more than 0, it is 0'],
  [{ payload: [{ payload: {}, weight: true }] }, 'payload[0].weight: wanted a number, it is true'],
])('a problem names the key that the peer’s input has: %j', (peer, problem) => {
  expect(parseInput({ lambdaARN: ARN, num: 10, ...peer })).toEqual({
    kind: 'invalid',
    problems: [expect.stringContaining(problem)],
  });
});

test('problems that the peer finds late or never are all told at once', () => {
  const parsed = parseInput({
    lambdaARN: ARN,
    strategy: 'cheap',
    discardTopBottom: 'much',
    powerValues: [64],
  });
  expect(parsed).toEqual({
    kind: 'invalid',
    problems: [
      'num: wanted the number of invocations for each size, it is missing',
      'strategy: wanted "cost", "speed", "balanced", it is "cheap"',
      'discardTopBottom: wanted a number from 0 to 0.4, it is "much"',
      'powerValues[0]: wanted at least 128, it is 64',
    ],
  });
});

test('a weight that is no number is refused, and its list never sent as an event', () => {
  const payload = [{ payload: {}, weight: 'heavy' }];
  expect(parseInput({ lambdaARN: 'orders', num: 5, payload })).toEqual({
    kind: 'invalid',
    problems: ['payload[0].weight: wanted a number, it is "heavy"'],
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
