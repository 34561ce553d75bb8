import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOOK_SHARES, shareOfLook } from '../../../src/core/compare/alpha-spending.ts';
import { changeOf } from '../../../src/core/compare/change.ts';
import { clusteredMean } from '../../../src/core/compare/clustered-mean.ts';
import { planLooks } from '../../../src/core/compare/look-plan.ts';
import { estimateSide } from '../../../src/core/compare/side-estimate.ts';
import type { Sample } from '../../../src/core/compare/side-sample.ts';
import { sideBlock, sidePayloads } from '../../../src/core/compare/side-schedule.ts';

test('all looks together spend all of the error rate, and no look more than its share', () => {
  const shares = LOOK_SHARES.map((_, index) => shareOfLook(index + 1));
  expect(shares.reduce((sum, { alarm }) => sum + alarm, 0)).toBeCloseTo(1, 12);
  expect(shares.reduce((sum, { miss }) => sum + miss, 0)).toBeCloseTo(1, 12);
  // ln(1 + 1.718282 × 0.15) = ln 1.257742 = 0.229318; ln(1 + 1.718282 × 0.3) = ln 1.515485 = 0.415735.
  expect(shares[0]?.alarm).toBeCloseTo(0.229318, 5);
  expect(shares[1]?.alarm).toBeCloseTo(0.415735 - 0.229318, 5);
  // 0.15^1.5 = 0.058095; 0.3^1.5 = 0.164317.
  expect(shares[0]?.miss).toBeCloseTo(0.058095, 5);
  expect(shares[1]?.miss).toBeCloseTo(0.164317 - 0.058095, 5);
});

test('groups: 1, 1 and 3, 3 have a mean of 2 ± 1 by two groups, ± 0.577 by four values', () => {
  // By groups: the means 1 and 3 have a standard deviation of √2, over √2. By values: √(4 ÷ 3) ÷ 2.
  const grouped = clusteredMean([1, 1, 3, 3], [7, 7, 9, 9]);
  expect(grouped.mean).toBe(2);
  expect(grouped.standardError).toBeCloseTo(1, 12);
  expect(grouped.degrees).toBe(1);
  const loose = clusteredMean([1, 1, 3, 3], null);
  expect(loose.standardError).toBeCloseTo(Math.sqrt(1 / 3), 12);
  expect(loose.degrees).toBe(3);
});

test('groups that look alike by luck leave the standard error of independent values', () => {
  expect(clusteredMean([1, 3, 1, 3], [0, 0, 1, 1]).standardError).toBeCloseTo(Math.sqrt(1 / 3), 12);
});

test('one group with most values counts for little more than one', () => {
  const groups = [...Array.from({ length: 97 }, () => 0), 1, 2, 3];
  const values = groups.map((group, index) => 100 + group + (index % 5));
  // 100² ÷ (97² + 3) − 1
  expect(clusteredMean(values, groups).degrees).toBeCloseTo(10_000 / 9412 - 1, 12);
});

test("a median's interval is read off the sample's own quantiles (Woodruff)", () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  const sample: Sample = { values, environments: values, environmentCount: 100 };
  const estimate = estimateSide('duration.p50', sample);
  // 0.5 ± 2 √(0.25 ÷ 100) = 0.4 and 0.6 of 1 … 100, with n − 1 = 99 steps: 40.6 and 60.4.
  const { low, high } = estimate?.bounds(2) ?? { low: 0, high: 0 };
  expect(estimate?.value).toBe(50.5);
  expect(low).toBeGreaterThan(40);
  expect(low).toBeLessThan(41);
  expect(high).toBeGreaterThan(60);
  expect(high).toBeLessThan(61);
});

const durations = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 12, maxLength: 60 });
const sampleOf = (values: readonly number[]): Sample => ({
  values,
  environments: values.map((_, index) => index % 4),
  environmentCount: 4,
});

test('changing the sides turns a change around; a change of unit changes nothing', () => {
  fc.assert(
    fc.property(
      durations,
      durations,
      fc.constantFrom('duration.p50', 'duration.mean'),
      (a, b, metric) => {
        const [base, head] = [estimateSide(metric, sampleOf(a)), estimateSide(metric, sampleOf(b))];
        const inSeconds = estimateSide(metric, sampleOf(b.map((ms) => ms / 1000)));
        const baseInSeconds = estimateSide(metric, sampleOf(a.map((ms) => ms / 1000)));
        if (base === null || head === null || inSeconds === null || baseInSeconds === null) return;
        const there = changeOf(base, head, 0.01, 0);
        const back = changeOf(head, base, 0.01, 0);
        expect((1 + there.estimate) * (1 + back.estimate)).toBeCloseTo(1, 8);
        expect((1 + there.low) * (1 + back.high) || 1).toBeCloseTo(1, 6);
        expect(changeOf(baseInSeconds, inSeconds, 0.01, 0).estimate).toBeCloseTo(there.estimate, 8);
        expect(there.low).toBeLessThanOrEqual(there.estimate);
        expect(there.high).toBeGreaterThanOrEqual(there.estimate);
        const drifted = changeOf(base, head, 0.01, 0.05);
        expect(drifted.low).toBeLessThanOrEqual(there.low);
        expect(drifted.high).toBeGreaterThanOrEqual(there.high);
      },
    ),
  );
});

test('looks grow up to all invocations, with room for at least three of each environment', () => {
  const looks = planLooks({ maxInvocations: 400, sides: 2, mostEnvironments: 32 });
  expect(looks.map((look) => look.invocationsPerSide)).toEqual([30, 60, 120, 200]);
  expect(looks.map((look) => look.environmentsPerSide)).toEqual([8, 16, 24, 32]);
  const capped = planLooks({ maxInvocations: 400, sides: 1, mostEnvironments: 5 });
  expect(capped.map((look) => look.environmentsPerSide)).toEqual([5, 5, 5, 5]);
  expect(capped.at(-1)?.invocationsPerSide).toBe(400);
});

test('a block holds every index once of each side', () => {
  const block = sideBlock(['base', 'head'], { from: 8, perSide: 8, seed: 3 });
  for (const side of ['base', 'head']) {
    const indices = block.filter((each) => each.side === side).map(({ index }) => index);
    expect(indices.toSorted((a, b) => a - b)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  }
  expect(sideBlock(['base', 'head'], { from: 8, perSide: 8, seed: 3 })).toEqual(block);
});

test('payloads of a check have their shares to within one at any time, and each is drawn in its turn', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 6 }),
      fc.integer(),
      fc.integer({ min: 1, max: 300 }),
      (weights, seed, count) => {
        const drawn = sidePayloads(count, weights, seed);
        expect(drawn).toHaveLength(count);
        expect(drawn).toEqual(sidePayloads(400, weights, seed).slice(0, count));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (const [payload, weight] of weights.entries()) {
          const own = drawn.filter((each) => each === payload).length;
          // Each keeps its own even distances; together they may push one another by one a payload.
          expect(Math.abs(own - (count * weight) / total)).toBeLessThanOrEqual(weights.length);
        }
      },
    ),
  );
  expect(sidePayloads(100, [1, 99], 7)).toContain(0);
});
