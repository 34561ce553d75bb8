import { expect, test } from 'vitest';
import { judgeEnd } from '../../../src/stages/check/judge-end.ts';
import { observeLost } from '../../../src/stages/target/observe.ts';

const SENT = { memoryMb: 1024, payload: 0, atMs: 0 };
const REPLY = {
  kind: 'answered',
  requestId: '6bc28136-xmpl-4365-b021-0ce6b2e64ab0',
  logTail: null,
  payload: null,
  functionError: null,
  errorType: null,
  errorMessage: null,
} as const;
type Reply = Parameters<typeof judgeEnd>[1];
const answered = (part: Partial<Reply>): Reply => ({ ...REPLY, ...part }) as Reply;

test.each([
  ['error', { functionError: 'Unhandled', errorType: 'TypeError', errorMessage: 'x' }],
  ['timeout', { functionError: 'Unhandled', errorType: 'Sandbox.Timedout' }],
  ['out-of-memory', { functionError: 'Unhandled', errorType: 'Runtime.OutOfMemory' }],
  ['lost', {}],
] as const)('an invocation without a log ended as its answer says: %s', (outcome, part) => {
  const ended = judgeEnd(observeLost(SENT), answered(part), []);
  expect(ended).toEqual({ ...observeLost(SENT), outcome });
});

test('an error is ignored by its type, and a timeout never is', () => {
  const error = { ...observeLost(SENT), outcome: 'error', durationMs: 5 } as const;
  const reply = answered({ functionError: 'Unhandled', errorType: 'OrderRejected' });
  expect(judgeEnd(error, reply, ['OrderRejected'])).toEqual({ ...error, ignored: true });
  expect(judgeEnd(error, reply, ['Other'])).toEqual(error);
  const timeout = { ...error, outcome: 'timeout' } as const;
  const timedOut = answered({ functionError: 'Unhandled', errorType: 'Sandbox.Timedout' });
  expect(judgeEnd(timeout, timedOut, ['Sandbox.Timedout'])).toEqual(timeout);
});
