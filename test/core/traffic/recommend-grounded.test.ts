import { expect, test } from 'vitest';
import { resultHistorySchema } from '../../../src/contract/history/traffic.ts';
import type { Traffic } from '../../../src/contract/history/traffic.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { recommend } from '../../../src/core/recommend/recommend.ts';
import { recommendationText } from '../../../src/words/tune/recommendation.ts';
import { toWarning } from '../../../src/words/warnings/warning.ts';
import { around, settled } from '../observed.ts';
import { callsOf, trafficAt512 } from './traffic-rows.ts';

/** Time halves from size to size up to 1,024 MB: 200 ms at 512 MB, 100 ms from 1,024 MB on. */
const OBSERVED = [
  ...around(128, 800),
  ...around(256, 400),
  ...around(512, 200),
  ...around(1024, 100),
  ...around(2048, 99),
];

function recommendGrounded(traffic: Traffic | null) {
  const answer = recommend({
    input: settled(),
    target: { memoryMb: 512, timeoutSeconds: 30 },
    variants: [],
    observations: OBSERVED,
    prices: pricesOf('us-east-1', 'x86_64'),
    ephemeralStorageMb: 512,
    seed: 1,
    traffic,
  });
  if (answer.kind !== 'recommended') throw new Error('not recommended');
  return answer;
}

/** Calls between 0.9 and 1.1 times as long as that. */
function callsAround(ms: number, count = 5000): Traffic {
  return trafficAt512(
    [0.9, 0.95, 1, 1.05, 1.1].map((times) => callsOf(ms * times, { count: count / 5 })),
  );
}

test('without production the recommendation says nothing of it', () => {
  const answer = recommendGrounded(null);
  expect(answer).toMatchObject({ verdict: 'change', memoryMb: 1024, history: null });
  expect(answer.timeout.source).toBeUndefined();
});

test('a payload like the traffic keeps the choice, and a month of the traffic is told with its interval', () => {
  const answer = recommendGrounded(callsAround(200));
  expect(answer).toMatchObject({ verdict: 'change', memoryMb: 1024 });
  expect(resultHistorySchema.parse(answer.history)).toEqual(answer.history);
  expect(answer.history?.payload).toMatchObject({ verdict: 'like' });
  const saving = answer.history?.savingUsdPerMonth;
  expect(saving?.low).toBeLessThanOrEqual(saving?.estimate ?? NaN);
  expect(recommendationText(answer.facts)).toContain(
    'On your traffic of 5000 calls a month there is no clear difference in cost',
  );
});

test('the timeout is by the tail of production, at most 2 s for calls of 220 ms at the most', () => {
  const { timeout } = recommendGrounded(callsAround(200));
  expect(timeout).toMatchObject({
    source: 'history',
    basis: 'observations',
    recommendedSeconds: 1,
  });
});

test('a payload far shorter than the traffic is called unlike, with the words for it and without a saving', () => {
  const answer = recommendGrounded(callsAround(2000));
  expect(answer.history?.payload).toMatchObject({ verdict: 'unlike', place: 0 });
  expect(answer.history?.savingUsdPerMonth).toBeNull();
  const [warning] = answer.warnings.filter(({ code }) => code === 'payload-unlike-traffic');
  expect(warning && toWarning(warning).message).toMatch(
    /^Your payload runs 200\sms at 512\sMB; 9 of 10 of your real calls take longer than 1\.8\d?\ss: this recommendation is for a payload that is not your traffic/u,
  );
  expect(recommendationText(answer.facts)).not.toContain('a month');
});

test('an unlike payload leaves the verdict open where calls that wait would want another size', () => {
  const answer = recommendGrounded(callsAround(2000));
  expect(answer).toMatchObject({
    verdict: 'inconclusive',
    confidence: { unsure: { what: 'traffic', probability: null } },
  });
  expect(recommendationText(answer.facts)).toContain('not what your real calls are like');
});
