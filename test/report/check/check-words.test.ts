import { expect, test } from 'vitest';
import type { MetricUnit } from '../../../src/contract/check/check.ts';
import { changeText, ruleText } from '../../../src/words/check/check-words.ts';

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
