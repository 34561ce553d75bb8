import { expect, test } from 'vitest';
import type { Json } from '../../../src/contract/shared/json.ts';
import { hashPayloads } from '../../../src/stages/check/hash-payloads.ts';

const one = (payload: Json, weight = 1): Parameters<typeof hashPayloads>[0][number] => ({
  payload: payload as never,
  weight,
});

test('payloads in the same shares have the same hash, however they are written', () => {
  const given = [one({ a: 1, b: [{ c: 2, d: null }] }), one('x', 3)];
  expect(hashPayloads(given)).toBe(hashPayloads([...given].reverse()));
  expect(hashPayloads(given)).toBe(
    hashPayloads([one({ b: [{ d: null, c: 2 }], a: 1 }, 2), one('x', 6)]),
  );
  expect(hashPayloads([one({}, 5)])).toBe(hashPayloads([one({})]));
});

test.each<[string, Parameters<typeof hashPayloads>[0]]>([
  ['another value', [one({ a: 2 })]],
  ['another key', [one({ b: 1 })]],
  ['text for a number', [one({ a: '1' })]],
  ['one more', [one({ a: 1 }), one({})]],
  ['nothing', [one({})]],
])('payloads with %s have another hash', (_, payloads) => {
  expect(hashPayloads(payloads)).not.toBe(hashPayloads([one({ a: 1 })]));
});

test('payloads in other shares have another hash', () => {
  expect(hashPayloads([one(1), one(2, 3)])).not.toBe(hashPayloads([one(1), one(2, 4)]));
});
