import { expect, test } from 'vitest';
import { measuredShapes, shapesWithCv } from '../../../bench/check/noise.ts';
import { simulateCheck } from '../../../bench/check/simulate.ts';
import { seededRandom } from '../../../src/contract/shared/random.ts';

/** A small part of `npm run bench:check`, with its seed: the same counts every time. */
const CHECKS = 60;
const TOGETHER = { drift: 0, stored: false, mostEnvironments: 1000 };

test('at most 1 % of checks of a function against itself fail where environments differ by 5 %', () => {
  const random = seededRandom(1);
  const verdicts = measuredShapes().flatMap((shape) =>
    Array.from(
      { length: CHECKS },
      () =>
        simulateCheck({ shape, change: 0, environmentSpread: 0.05, ...TOGETHER }, random).verdict,
    ),
  );
  expect(verdicts.filter((verdict) => verdict === 'fail').length).toBeLessThanOrEqual(
    0.01 * verdicts.length,
  );
});

test.each([
  [0.1, 0.1],
  [0.25, 0.3],
])('a rise of %d with noise of %d fails at least 95 %% of checks', (change, cv) => {
  const random = seededRandom(2);
  const verdicts = shapesWithCv(cv).flatMap((shape) =>
    Array.from(
      { length: CHECKS },
      () => simulateCheck({ shape, change, environmentSpread: 0, ...TOGETHER }, random).verdict,
    ),
  );
  expect(verdicts.filter((verdict) => verdict === 'fail').length).toBeGreaterThanOrEqual(
    0.95 * verdicts.length,
  );
});
