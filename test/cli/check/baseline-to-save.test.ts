import { afterAll, expect, test } from 'vitest';
import { checkResult } from '../../../src/api/check/check-result.ts';
import { baselineToSave } from '../../../src/cli/check/baseline-to-save.ts';
import type {
  CheckedFunction,
  CheckRule,
  MetricVerdict,
} from '../../../src/contract/check/check.ts';
import { judge } from '../../../src/core/compare/judge.ts';
import { toCheckTable } from '../../../src/stages/check/check-codec.ts';
import { budget, FACTS, JUDGING, regression, sideOf } from '../../core/compare/sides.ts';
import { scratch } from '../powerdial.ts';
import { toMetricJudgement } from '../../../src/words/check/judgement.ts';

const files = scratch();
const THERE = files.file('baseline.json', '{}');
const NEW = `${THERE}.new`;

afterAll(() => {
  files.remove();
});

function checked(rule: CheckRule, verdict: MetricVerdict): CheckedFunction {
  const side = sideOf([100, 101, 99, 100]);
  const metrics = judge([rule], { base: side, head: side }, JUDGING);
  return {
    function: 'orders',
    base: FACTS,
    head: FACTS,
    baseline: 'stored',
    looks: 1,
    metrics: metrics.map((each) => ({ ...toMetricJudgement(each), verdict })),
    spent: { invocations: 1, gbSeconds: 0, usd: 0 },
    warnings: [],
    observations: toCheckTable({ base: [], head: side.observations }),
  };
}

const CHANGE = regression('cost');
const LIMIT = budget('cost', 'max', 1);

test.each<[string, CheckRule, MetricVerdict, string, 'save' | 'keep']>([
  ['a head that holds', CHANGE, 'within-noise', THERE, 'save'],
  ['one that improved', CHANGE, 'improved', THERE, 'save'],
  ['one that regressed', CHANGE, 'regressed', THERE, 'keep'],
  ['one that could not be told from the base', CHANGE, 'inconclusive', THERE, 'keep'],
  ['the first of all, undecided against a measured base', CHANGE, 'inconclusive', NEW, 'save'],
  ['one of another environment', CHANGE, 'incompatible', THERE, 'save'],
  ['one over a budget, judged against no base', LIMIT, 'over-budget', THERE, 'save'],
])(
  'the baseline of a check is saved or kept by its verdict: %s',
  (_what, rule, verdict, file, wanted) => {
    const result = checkResult([checked(rule, verdict)], 0.01, {});
    expect(baselineToSave(result, { saveBaseline: file })).toMatchObject({ kind: wanted, file });
  },
);

test('a check in which a function failed saves nothing', () => {
  const failed = [{ function: 'invoices', error: 'TrialFailed', cause: 'no order' }];
  const result = checkResult([checked(CHANGE, 'pass')], 0.01, { failed });
  expect(baselineToSave(result, { saveBaseline: THERE }).kind).toBe('keep');
});
