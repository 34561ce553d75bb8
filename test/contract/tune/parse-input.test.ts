import { expect, test } from 'vitest';
import { parseInput } from '../../../src/contract/tune/parse-input.ts';

function problems(raw: unknown): readonly string[] {
  const parsed = parseInput(raw);
  return parsed.kind === 'invalid' ? parsed.problems : [];
}

test('an input that names a function alone gets the defaults that are promised', () => {
  // The defaults of contract.md.
  expect(parseInput({ function: 'my-fn' })).toEqual({
    kind: 'valid',
    warnings: [],
    input: {
      function: 'my-fn',
      varyPayload: false,
      allowRepeats: false,
      memorySizes: 'auto',
      allowSmall: false,
      invocations: 'auto',
      goal: { kind: 'best-value', tolerance: 0.05, weight: 0.5 },
      timeout: { quantile: 0.999, confidence: 0.95, headroom: 1.5 },
      coldStarts: 0,
      onlyColdStarts: false,
      pauseMs: 0,
      concurrency: 8,
      coldShare: 0.01,
      maxUsd: 1,
      apply: false,
      dryRun: false,
      logPayloads: false,
    },
  });
});

test.each<[string, unknown, string[]]>([
  ['nothing', {}, ['function: wanted a string, it is missing']],
  ['no object', 'my-fn', ['input: wanted an object, it is "my-fn"']],
  [
    'an unknown key',
    { function: 'f', memorySize: [128] },
    ['"memorySize" is not a known key; did you mean "memorySizes"?'],
  ],
  [
    'an unknown key in a key',
    { function: 'f', goal: { kinds: 'fastest' } },
    ['"kinds" in goal is not a known key; did you mean "kind"?'],
  ],
  [
    'a size that AWS does not have',
    { function: 'f', memorySizes: [128, 64] },
    ['memorySizes[1]: wanted at least 128, it is 64'],
  ],
  [
    'a size above',
    { function: 'f', memorySizes: [10_241] },
    ['memorySizes[0]: wanted at most 10240, it is 10241'],
  ],
  [
    'half a megabyte',
    { function: 'f', memorySizes: [128.5] },
    ['memorySizes[0]: wanted a whole number, it is 128.5'],
  ],
  [
    'no invocations',
    { function: 'f', invocations: 0 },
    ['invocations: wanted at least 1, it is 0'],
  ],
  [
    'an unknown goal',
    { function: 'f', goal: { kind: 'best' } },
    ['goal.kind: wanted "best-value", "cheapest", "fastest", "balanced", it is "best"'],
  ],
  [
    'two kinds of payload',
    { function: 'f', payload: {}, payloadS3: 's3://b/k' },
    ['payload and payloadS3: wanted one of them, not several'],
  ],
  [
    'no bucket',
    { function: 'f', payloadS3: 'b/k' },
    ['payloadS3: wanted s3://bucket/key, it is "b/k"'],
  ],
  [
    'a size twice',
    { function: 'f', memorySizes: [128, 128] },
    ['memorySizes: wanted every size once, it is [128,128]'],
  ],
])(
  'an input that cannot be used is refused with what was wanted and what it is: %s',
  (_, raw, expected) => {
    expect(problems(raw)).toEqual(expected);
  },
);

test('all problems of an input come together', () => {
  expect(problems({ memorySizes: [1], invocations: -1, maxUsd: 0, colour: 'red' })).toHaveLength(5);
});

test('a payload above 64 KiB is sent to S3', () => {
  expect(problems({ function: 'f', payload: 'x'.repeat(65_535) })).toEqual([
    'payload: wanted at most 65536 bytes of JSON, it has 65537; put it into S3 and name it with payloadS3',
  ]);
});

test('several payloads may have more than that together: what fits depends on how much is measured', () => {
  const payloads = [1, 2, 3].map((weight) => ({ payload: 'x'.repeat(62_000), weight }));
  expect(problems({ function: 'f', payloads })).toEqual([]);
});

test('fewer invocations than payloads are refused with what to set, for cold starts as well', () => {
  const payloads = Array.from({ length: 8 }, (_, id) => ({ payload: { id }, weight: 1 }));
  expect(problems({ function: 'f', payloads, invocations: 5 })).toEqual([
    'invocations: wanted at least 8, so that each of the 8 payloads is measured at every size, it is 5; set it higher, or leave payloads out',
  ]);
  expect(problems({ function: 'f', payloads, onlyColdStarts: true, coldStarts: 3 })).toEqual([
    expect.stringMatching(/^coldStarts: wanted at least 8/),
  ]);
  expect(problems({ function: 'f', payloads, invocations: 8 })).toEqual([]);
  expect(problems({ function: 'f', payloads })).toEqual([]);
});

test('varyPayload without anything to fill in is refused', () => {
  const varied = { function: 'f', varyPayload: true };
  expect(problems({ ...varied, payload: { id: 'order-{{index}}' } })).toEqual([]);
  expect(problems({ ...varied, payloads: [{ payload: '{{uuid}}', weight: 1 }] })).toEqual([]);
  expect(problems(varied)).toEqual([expect.stringContaining('wanted {{uuid}} or {{index}}')]);
});
