import { expect, test } from 'vitest';
import { mostAnsweredAtOnce, mostSentAtOnce } from '../../../src/core/measure/memory-room.ts';

const MIB = 2 ** 20;

test('the payloads of an input, 64 KiB at most, never bound what is under way at once', () => {
  expect(mostSentAtOnce(512, 64 * 1024)).toBeGreaterThanOrEqual(1000);
  expect(mostSentAtOnce(512, 2)).toBeGreaterThanOrEqual(1000);
});

test('payloads and answers of 6 MB fit into the memory together, and so does their double by halves', () => {
  for (const most of [mostSentAtOnce, mostAnsweredAtOnce]) {
    expect(most(512, 6 * MIB) * 6).toBeLessThan(512);
    expect(most(512, 3 * MIB)).toBeGreaterThanOrEqual(2 * most(512, 6 * MIB));
  }
});

test('at least one invocation at a time is made, however little memory there is for answers', () => {
  expect(mostAnsweredAtOnce(128, 6 * MIB)).toBe(1);
});
