import { expect, test } from 'vitest';
import type { MetricJudgement } from '../../../src/contract/check/check.ts';
import type { MetricUnit } from '../../../src/contract/check/metric.ts';
import { boundNote, changeText, ruleText } from '../../../src/words/check/check-words.ts';

/** What stands between a number and its unit does not matter here. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test.each<[number, MetricUnit, string]>([
  [0.1, 'ms', '+10 %'],
  [-0.1, 'ms', '−10 %'],
  [0, 'ms', '+0 %'],
  [0.0003, 'usdPerMillion', '+<0.1 %'],
  [-0.0003, 'usdPerMillion', '−<0.1 %'],
  [0.35, 'share', '+35 points'],
  [-0.0004, 'share', '−<0.1 points'],
])('a change of %d in %s has one sign: %s', (change, unit, wanted) => {
  expect(plain(changeText(change, unit))).toBe(wanted);
});

test.each([
  [0, 'no rise'],
  [0.01, 'at most +1 points'],
])('a rule on errors with a limit of %d allows %s', (limit, wanted) => {
  const rule = {
    kind: 'regression',
    metric: 'errors',
    bound: 'max',
    limit,
    level: 'error',
  } as const;
  expect(plain(ruleText(rule, 'share', 'eu-west-1'))).toBe(wanted);
});

test('a bound that lies within its interval is explained, and one beyond it needs no word', () => {
  const judgement = (
    high: number | null,
    verdict: MetricJudgement['verdict'],
  ): MetricJudgement => ({
    metric: 'duration.p50',
    rule: { kind: 'regression', metric: 'duration.p50', bound: 'max', limit: 0.05, level: 'error' },
    unit: 'ms',
    base: 100,
    head: 100,
    change: { estimate: 0, low: -0.58, high },
    atMost: 0.018,
    headInterval: null,
    confidence: 0.999,
    verdict,
    reason: null,
    samples: { base: 90, head: 90 },
    environments: { base: 8, head: 8 },
  });
  expect(plain(boundNote([judgement(0.66, 'within-noise')]) ?? '')).toContain(
    'every rule and look (99.90 %)',
  );
  expect(boundNote([judgement(null, 'pass')])).not.toBeNull();
  expect(boundNote([judgement(0.01, 'within-noise')])).toBeNull();
  expect(boundNote([judgement(0.66, 'inconclusive')])).toBeNull();
  expect(boundNote([])).toBeNull();
});
