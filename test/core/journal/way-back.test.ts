import { expect, test } from 'vitest';
import { wayBack } from '../../../src/core/journal/way-back.ts';

const was = { memoryMb: 512, timeoutSeconds: 30, systemLogLevel: null };
const set = { memoryMb: 1024, timeoutSeconds: 60, systemLogLevel: null };

test.each([
  [
    'all of it is still ours',
    { memoryMb: 1024, timeoutSeconds: 60 },
    { memoryMb: 512, timeoutSeconds: 30 },
    [],
  ],
  ['it went back already', { memoryMb: 512, timeoutSeconds: 30 }, {}, []],
  [
    'somebody set another memory',
    { memoryMb: 2048, timeoutSeconds: 60 },
    { timeoutSeconds: 30 },
    ['memory'],
  ],
  ['somebody set both', { memoryMb: 2048, timeoutSeconds: 10 }, {}, ['memory', 'timeout']],
])(
  'what still holds the run’s value goes back, and other values stay: %s',
  (_, found, change, theirs) => {
    expect(wayBack({ ...found, systemLogLevel: null }, set, was)).toEqual({ change, theirs });
  },
);

test('the log level goes back only where the run raised it', () => {
  const found = { memoryMb: 512, timeoutSeconds: 30, systemLogLevel: 'INFO' } as const;
  const raised = { ...set, systemLogLevel: 'INFO' } as const;
  const quiet = { ...was, systemLogLevel: 'WARN' } as const;
  expect(wayBack(found, raised, quiet).change).toEqual({ systemLogLevel: 'WARN' });
  expect(wayBack(found, set, was).change).toEqual({});
});
