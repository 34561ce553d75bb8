import { expect, test } from 'vitest';
import { readRecording, recordedHost } from '../../src/emulator/index.ts';
import { embeddedDeps } from './embedded-deps.ts';

const REQUEST = { functionName: 'orders', payload: '{}', waitMs: 20_000 };

/** A host that returns so many bytes of JSON, or fails. */
function host(outcome: 'ok' | 'error', bytes: number) {
  const read = readRecording({ name: 'orders', memory: { '512': { warmMs: [10], outcome } } });
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const recorded = recordedHost(read.recording, { seed: 1 });
  if (outcome === 'error') return recorded;
  const payload = Buffer.from(JSON.stringify('x'.repeat(bytes - 2)));
  return {
    ...recorded,
    invoke: async (invocation: Parameters<typeof recorded.invoke>[0]) => ({
      ...(await recorded.invoke(invocation)),
      payload,
    }),
  };
}

test('the answer of a function is dropped where nobody wants it, and its log is read all the same', async () => {
  const { deps } = await embeddedDeps({}, { host: host('ok', 100_000) });
  const reply = await deps.invoke(REQUEST);
  if (reply.kind !== 'answered') throw new Error(reply.kind);
  expect(reply.body).toBe('');
  expect(reply.logTail).toMatch(/REPORT RequestId: /);
});

test('the answer of a function is kept to its last byte where it is wanted', async () => {
  const { deps } = await embeddedDeps({}, { host: host('ok', 100_000) });
  const reply = await deps.invoke({ ...REQUEST, wantsAnswer: true });
  if (reply.kind !== 'answered') throw new Error(reply.kind);
  expect(reply.body).toBe(JSON.stringify('x'.repeat(99_998)));
});

test('why a function failed is read whether its answer is wanted or not', async () => {
  const { deps } = await embeddedDeps({}, { host: host('error', 0) });
  const reply = await deps.invoke(REQUEST);
  const wanted = await deps.invoke({ ...REQUEST, wantsAnswer: true });
  if (reply.kind !== 'answered' || wanted.kind !== 'answered') throw new Error(reply.kind);
  expect(reply.functionError).not.toBeNull();
  expect(reply.errorType).not.toBeNull();
  expect([reply.errorType, reply.errorMessage, reply.body]).toEqual([
    wanted.errorType,
    wanted.errorMessage,
    wanted.body,
  ]);
});

test.each([false, true])(
  'an empty answer is an answer, with its log (wanted: %s)',
  async (wantsAnswer) => {
    const empty = host('ok', 100);
    const { deps } = await embeddedDeps(
      {},
      {
        host: {
          ...empty,
          invoke: async (invocation) => ({
            ...(await empty.invoke(invocation)),
            payload: Buffer.alloc(0),
          }),
        },
      },
    );
    const reply = await deps.invoke({ ...REQUEST, wantsAnswer });
    if (reply.kind !== 'answered') throw new Error(reply.kind);
    expect(reply.body).toBe('');
    expect(reply.functionError).toBeNull();
    expect(reply.logTail).toMatch(/REPORT RequestId: /);
  },
);
