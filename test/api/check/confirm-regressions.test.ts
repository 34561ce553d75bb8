import { expect, test } from 'vitest';
import { checkInputSchema, type CheckInput } from '../../../src/contract/check/check-stages.ts';
import type {
  CheckedFunction,
  MetricJudgement,
  MetricVerdict,
} from '../../../src/contract/check/check.ts';
import type { Metric } from '../../../src/contract/check/metric.ts';
import { confirmRegressions } from '../../../src/api/check/confirm-regressions.ts';
import type { PlayedCheck } from '../../../src/play/play-check.ts';
import { toCheckTable } from '../../../src/stages/check/check-codec.ts';
import { FACTS, sideOf } from '../../core/compare/sides.ts';

const INPUT: CheckInput = {
  ...checkInputSchema.parse({ head: { function: 'orders' }, maxUsd: 0.5, seed: 7 }),
  name: 'orders',
  comparisons: 2,
};

function judgement(metric: Metric, verdict: MetricVerdict): MetricJudgement {
  return {
    metric,
    rule: { kind: 'regression', metric, bound: 'max', limit: 0.05, level: 'error' },
    unit: 'ms',
    base: 100,
    head: 120,
    change: { estimate: 0.2, low: 0.1, high: 0.3 },
    atMost: null,
    headInterval: null,
    confidence: 0.99,
    verdict,
    reason: null,
    samples: { base: 20, head: 20 },
    environments: { base: 8, head: 8 },
  };
}

function result(
  metrics: readonly MetricJudgement[],
  rest: Partial<CheckedFunction> = {},
): PlayedCheck {
  return {
    kind: 'done',
    result: {
      function: 'orders',
      base: FACTS,
      head: FACTS,
      baseline: 'measured',
      looks: 2,
      metrics,
      spent: { invocations: 10, gbSeconds: 1, usd: 0.2 },
      warnings: [],
      observations: toCheckTable({
        base: sideOf([1, 2], { scale: [1] }).observations,
        head: sideOf([3, 4], { scale: [1] }).observations,
      }),
      ...rest,
    },
  };
}

async function again(
  first: PlayedCheck,
  second: PlayedCheck,
): Promise<{ readonly ended: PlayedCheck; readonly inputs: readonly CheckInput[] }> {
  const inputs: CheckInput[] = [];
  const ended = await confirmRegressions(first, INPUT, {
    play(input) {
      inputs.push(input);
      return Promise.resolve(second);
    },
    tell: () => undefined,
  });
  return { ended, inputs };
}

const verdicts = (played: PlayedCheck): readonly string[] =>
  played.kind === 'done' ? played.result.metrics.map(({ verdict }) => verdict) : [played.kind];

test('a check in which nothing regressed measures nothing again', async () => {
  const first = result([judgement('cost', 'within-noise'), judgement('duration.p50', 'pass')]);
  const { ended, inputs } = await again(first, first);
  expect(ended).toBe(first);
  expect(inputs).toEqual([]);
});

test('a confirmation measures what regressed or was left open until each is decided, with what is left to spend', async () => {
  const first = result([
    judgement('duration.p50', 'regressed'),
    judgement('cost', 'inconclusive'),
    judgement('duration.p95', 'pass'),
  ]);
  const { inputs } = await again(first, first);
  expect(inputs).toHaveLength(1);
  expect(inputs[0]?.rules.map(({ metric }) => metric)).toEqual(['duration.p50', 'cost']);
  expect(inputs[0]).toMatchObject({ patient: true, seed: 8 });
  expect(inputs[0]?.maxUsd).toBeCloseTo(0.3, 12);
});

test.each<[MetricVerdict, MetricVerdict, MetricVerdict]>([
  ['regressed', 'regressed', 'regressed'],
  ['regressed', 'within-noise', 'inconclusive'],
  ['regressed', 'inconclusive', 'inconclusive'],
])('a rule judged %s at first and %s the second time is %s', async (before, after, wanted) => {
  const { ended } = await again(
    result([judgement('cost', before)]),
    result([judgement('cost', after)]),
  );
  expect(verdicts(ended)).toEqual([wanted]);
});

test.each<[MetricVerdict, MetricVerdict]>([
  ['pass', 'pass'],
  ['within-noise', 'within-noise'],
  // Seen once only, so not confirmed.
  ['regressed', 'inconclusive'],
])(
  'a rule that was open beside a regression, and is %s the second time, is %s',
  async (after, wanted) => {
    const first = [judgement('duration.p50', 'regressed'), judgement('cost', 'inconclusive')];
    const second = [judgement('duration.p50', 'regressed'), judgement('cost', after)];
    expect(verdicts((await again(result(first), result(second))).ended)).toEqual([
      'regressed',
      wanted,
    ]);
  },
);

test('a second measurement that fails leaves the verdicts of the first as they are', async () => {
  const first = result([judgement('cost', 'regressed')]);
  const failed = { kind: 'failed', error: 'NothingMeasured', cause: 'maxUsd' } as const;
  const { ended } = await again(first, failed);
  expect(verdicts(ended)).toEqual(['regressed']);
  expect(ended).toMatchObject({ result: { warnings: [{ code: 'not-confirmed' }] } });
});

test('the first measurement stands where nothing is left to spend', async () => {
  const spent = { invocations: 10, gbSeconds: 1, usd: 0.5 };
  const first = result([judgement('cost', 'regressed')], { spent });
  const { ended, inputs } = await again(first, first);
  expect(ended).toBe(first);
  expect(inputs).toEqual([]);
});

test('both measurements are in the result, each in environments of its own', async () => {
  const first = result([judgement('cost', 'regressed')]);
  const { ended } = await again(first, first);
  if (ended.kind !== 'done') throw new Error('not done');
  expect(ended.result.spent).toEqual({ invocations: 20, gbSeconds: 2, usd: 0.4 });
  const rows = ended.result.observations.rows;
  // A cold one and two warm ones of each side, twice.
  expect(rows).toHaveLength(12);
  const environments = new Set(rows.map((row) => `${String(row[0])} ${String(row[1])}`));
  expect([...environments].toSorted()).toEqual(['base 0', 'base 1', 'head 0', 'head 1']);
});

test('a result that was measured twice holds a stored base once', async () => {
  const first = result([judgement('cost', 'regressed')], { baseline: 'stored' });
  const { ended } = await again(first, first);
  if (ended.kind !== 'done') throw new Error('not done');
  const sides = ended.result.observations.rows.map((row) => row[0]);
  expect(sides.filter((side) => side === 'base')).toHaveLength(3);
  expect(sides.filter((side) => side === 'head')).toHaveLength(6);
});

test.each<[Metric, RegExp]>([
  ['cost', /regressed by 20 % at first/],
  ['errors', /regressed by 20 points at first/],
])('what was not confirmed is told in the unit of its change: %s', async (metric, words) => {
  const { ended } = await again(
    result([judgement(metric, 'regressed')]),
    result([judgement(metric, 'within-noise')]),
  );
  expect(ended.kind === 'done' && ended.result.metrics[0]?.reason).toMatch(words);
});
