import { expect, test } from 'vitest';
import { readRecording } from '../../../src/emulator/recorded/recording.ts';

const whole = {
  name: 'orders',
  architecture: 'arm64',
  timeoutSeconds: 30,
  memory: {
    '1024': { warmMs: [20, 10], coldMs: [90], initMs: [200, 180], maxMemoryUsedMb: 96 },
    '128': { warmMs: [80], outcome: 'out-of-memory', timeoutSeconds: 3 },
  },
};

test('a recording is read, its sizes and samples in ascending order', () => {
  expect(readRecording(whole)).toEqual({
    kind: 'recording',
    recording: {
      name: 'orders',
      architecture: 'arm64',
      timeoutSeconds: 30,
      sizes: [
        {
          memoryMb: 128,
          warmMs: [80],
          coldMs: null,
          initMs: null,
          maxMemoryUsedMb: null,
          timeoutSeconds: 3,
          outcome: 'out-of-memory',
        },
        {
          memoryMb: 1024,
          warmMs: [10, 20],
          coldMs: [90],
          initMs: [180, 200],
          maxMemoryUsedMb: 96,
          timeoutSeconds: null,
          outcome: 'ok',
        },
      ],
    },
  });
});

test('a recording with name and memory alone is enough', () => {
  expect(readRecording({ name: 'a', memory: { '512': { warmMs: [1] } } })).toMatchObject({
    kind: 'recording',
    recording: { architecture: 'x86_64', timeoutSeconds: null },
  });
});

const withSize = (size: unknown, memoryMb = '512') => ({
  name: 'orders',
  memory: { [memoryMb]: size },
});

test.each<[unknown, readonly string[]]>([
  [[], ['input: wanted an object, it is []']],
  [null, ['input: wanted an object, it is null']],
  [{}, ['name: wanted a string, it is missing', 'memory: wanted a record, it is missing']],
  [
    { name: 'my function', memory: { '512': { warmMs: [1] } } },
    ['name: wanted 1 to 64 letters, digits, - and _, it is "my function"'],
  ],
  [{ name: 'orders', memory: {} }, ['memory: wanted at least one memory size, it is empty']],
  [
    { name: 'orders', Memory: {}, memory: { '512': { warmMs: [1] } } },
    ['"Memory" is not a known key; did you mean "memory"?'],
  ],
  [withSize({ warmMs: [10, -1] }), ['memory.512: warmMs[1]: wanted at least 0, it is -1']],
  [withSize({ warmMs: [10, null] }), ['memory.512: warmMs[1]: wanted a number, it is null']],
  [withSize({ warmMs: [] }), ['memory.512: warmMs: wanted at least 1 entries, it is []']],
  [withSize({}), ['memory.512: warmMs: wanted an array, it is missing']],
  [
    withSize({ warmMs: [1], initMs: [] }),
    ['memory.512: initMs: wanted at least 1 entries, it is []'],
  ],
  [withSize([10, 11]), ['memory.512: wanted an object, it is [10,11]']],
  [
    withSize({ warmMs: [1], warmMS: [2] }),
    ['memory.512: "warmMS" is not a known key; did you mean "warmMs"?'],
  ],
  [
    withSize({ warmMs: [1], outcome: 'oom' }),
    ['memory.512: outcome: wanted "ok", "timeout", "out-of-memory", "error", it is "oom"'],
  ],
  [
    withSize({ warmMs: [1], timeoutSeconds: 901 }),
    ['memory.512: timeoutSeconds: wanted at most 900, it is 901'],
  ],
  [
    withSize({ warmMs: [1] }, '64'),
    ['memory: wanted sizes from 128 to 10240 MB in whole MB, one is "64"'],
  ],
  [
    withSize({ warmMs: [1] }, '512MB'),
    ['memory: wanted sizes from 128 to 10240 MB in whole MB, one is "512MB"'],
  ],
])('%j is refused with every problem', (json, problems) => {
  expect(readRecording(json)).toEqual({ kind: 'invalid', problems });
});

test('all problems of a recording come together', () => {
  const reading = readRecording({
    nam: 'orders',
    memory: { '128': { warmMs: [-1] }, '20000': { warmMs: [] } },
  });
  expect(reading).toEqual({
    kind: 'invalid',
    problems: [
      'name: wanted a string, it is missing',
      '"nam" is not a known key; did you mean "name"?',
      'memory.128: warmMs[0]: wanted at least 0, it is -1',
      'memory: wanted sizes from 128 to 10240 MB in whole MB, one is "20000"',
      'memory.20000: warmMs: wanted at least 1 entries, it is []',
    ],
  });
});
