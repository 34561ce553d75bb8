import { describe, expect, test } from 'vitest';
import type { CheckRule } from '../../../src/contract/check/check.ts';
import { shareOfLook } from '../../../src/core/compare/alpha-spending.ts';
import { judgeable, type Extent } from '../../../src/core/compare/invocations-needed.ts';
import { judge } from '../../../src/core/compare/judge.ts';
import { planLooks } from '../../../src/core/compare/look-plan.ts';
import type { Side } from '../../../src/core/compare/side-sample.ts';
import { budget, JUDGING, regression, sideOf } from './sides.ts';

const JUDGED = { ...JUDGING, shareOfLook: shareOfLook(4) };

function extent(maxInvocations: number, sides: 1 | 2, mostEnvironments = 8): Extent {
  return { maxInvocations, sides, mostEnvironments, judging: JUDGED };
}

describe('what can be judged', () => {
  test.each<[string, CheckRule, number, 1 | 2, string]>([
    ['the default rules at the default', regression('duration.p50'), 400, 2, 'both'],
    ['a mean', regression('duration.mean'), 40, 2, 'both'],
    // 10 invocations a side, 4 of them the first of an environment: 6 values, and it takes 10.
    ['anything warm with 20', regression('cost'), 20, 2, 'never'],
    ['errors with 20', budget('errors', 'max', 0.01), 20, 2, 'both'],
    // 0.8^n ≤ 0.0268 (the tail of the last look) takes 17, and there are 10 of each side.
    ['a rise of errors with 20 can only fail', regression('errors', 0), 20, 2, 'one'],
    ['a rise of errors with 36', regression('errors', 0), 36, 2, 'both'],
    ['a peak of memory with 20', budget('memory.headroom', 'min', 0.2), 20, 2, 'both'],
    // q + t √(q (1 − q) ÷ n) < 1 with t = 2.3 (7 degrees, tail 0.0268): n > 523, and there are at most 396.
    ['a budget of p99 can only fail', budget('duration.p99', 'max', 300), 400, 1, 'one'],
    ['a change of p99', regression('duration.p99'), 400, 2, 'never'],
    // A pass takes t² × 19 = 87 values; a failure at t = 3.6 takes more than the 192 there are.
    ['a change of p95 can only pass', regression('duration.p95'), 400, 2, 'one'],
  ])('%s', (_, rule, maxInvocations, sides, kind) => {
    expect(judgeable(rule, extent(maxInvocations, sides)).kind).toBe(kind);
  });
});

/** As many values a side as a check of so many invocations has at its last look. */
function measureSide(of: Extent, factor: number): Side {
  const last = planLooks(of).at(-1);
  const environments = last?.environmentsPerSide ?? 0;
  const warm = Math.floor(((last?.invocationsPerSide ?? 0) - environments) / environments);
  const values = Array.from({ length: warm }, (_, index) => factor * (100 + (index % 11)));
  return sideOf(values, { scale: Array.from({ length: environments }, () => 1) });
}

describe('the number of invocations that is named as needed is enough, and half of it is not', () => {
  test.each<[CheckRule, 1 | 2]>([
    [regression('duration.p95'), 2],
    [regression('duration.p99'), 2],
    [budget('duration.p99', 'max', 150), 1],
  ])('%j', (rule, sides) => {
    const { invocations } = judgeable(rule, extent(400, sides));
    const verdict = (count: number, factor: number): string | undefined => {
      const of = extent(count, sides);
      const both = { base: sides === 1 ? null : measureSide(of, 1), head: measureSide(of, factor) };
      return judge([rule], both, JUDGED)[0]?.verdict;
    };
    // A little more, since it is an estimate.
    expect(verdict(1.2 * invocations, 1)).toMatch(/pass|within-noise/);
    expect(verdict(1.2 * invocations, 2)).toMatch(/regressed|over-budget/);
    const short = [verdict(invocations / 2, 1), verdict(invocations / 2, 2)];
    expect(short).toContain('inconclusive');
  });
});

test.each([
  [regression('duration.p99'), sideOf([99, 100, 101])],
  [budget('duration.p99', 'max', 500), null],
])(
  'the reason of an open rule says that its samples are too few for the quantile: %j',
  (rule, base) => {
    const [judgement] = judge([rule], { base, head: sideOf([99, 100, 101]) }, JUDGED);
    expect(judgement).toMatchObject({
      verdict: 'inconclusive',
      reasonFacts: { code: 'few-samples-for-quantile', metric: 'duration.p99' },
    });
  },
);
