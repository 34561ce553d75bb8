import { expect, test } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import type { Result } from '../../../src/contract/tune/result.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { peerFields } from '../../../src/stages/tune/peer-fields.ts';
import { settled, warm } from '../../core/observed.ts';

const PRICES = pricesOf('us-east-1', 'x86_64');
const RESULT = {
  recommendation: { memoryMb: 512 },
  spent: { usd: 0.001, stateTransitions: 30 },
} as unknown as Result;
const peer = { trim: 0.2, stats: true, inSeries: true };

function cold(durationMs: number, initMs: number): Observation {
  return { ...warm(512, durationMs), cold: true, initMs, billedMs: durationMs + initMs };
}

test('with onlyColdStarts the peer’s fields are means of cold starts alone, and nothing is trimmed', () => {
  const observations = [cold(100, 300), cold(120, 380), warm(512, 10), warm(512, 12)];
  const fields = peerFields(settled({ peer, onlyColdStarts: true }), RESULT, observations, PRICES);
  // Durations with their init: (400 + 500) ÷ 2; the warm ones of 10 and 12 ms are in none of it.
  expect(fields).toMatchObject({ power: 512, duration: 450 });
  expect(fields).toMatchObject({ stats: [{ value: 512, averageDuration: 450 }] });
});

test('without onlyColdStarts the peer’s fields are trimmed means of all invocations, cold or warm, as the peer’s own are', () => {
  const observations = [cold(100, 300), ...[10, 11, 12, 13].map((ms) => warm(512, ms))];
  // A fifth goes at each end of 10, 11, 12, 13 and 400: (11 + 12 + 13) ÷ 3.
  expect(peerFields(settled({ peer }), RESULT, observations, PRICES)).toMatchObject({
    duration: 12,
  });
});
