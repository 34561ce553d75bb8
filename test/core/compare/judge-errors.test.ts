import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../../src/contract/check/rules-of.ts';
import type { CheckObservation, CheckRule } from '../../../src/contract/check/check.ts';
import { judge } from '../../../src/core/compare/judge.ts';
import type { JudgedRule } from '../../../src/core/compare/judging.ts';
import { meldedDifference } from '../../../src/core/compare/melded-difference.ts';
import type { Side } from '../../../src/core/compare/side-sample.ts';
import { budget, FACTS, JUDGING, observed, regression } from './sides.ts';

type Outcome = CheckObservation['outcome'];

const RISE: CheckRule = regression('errors', 0);

/** Invocations of eight environments in turn; the environments take turns at failing, too. */
function sideOf(count: number, failures: number, outcome: Outcome = 'error'): Side {
  const observations = Array.from({ length: count }, (_, index) => {
    const fails = index < failures;
    const turn = fails ? index : index - failures;
    return observed({
      environment: turn % 8,
      cold: turn < 8 && !fails,
      atMs: index,
      outcome: fails ? outcome : 'ok',
    });
  });
  return { facts: FACTS, observations };
}

function judgeErrors(base: Side | null, head: Side, rule = RISE, judging: object = {}): JudgedRule {
  const [judgement] = judge([rule], { base, head }, { ...JUDGING, ...judging });
  if (judgement === undefined) throw new Error('nothing was judged');
  return judgement;
}

describe('the difference of two rates', () => {
  const logChoose = (n: number, k: number): number =>
    Array.from({ length: k }, (_, i) => Math.log((n - i) / (i + 1))).reduce((a, b) => a + b, 0);
  /** One-sided: the chance of as many failures of the head or more, where only their sum is given. */
  const fisher = (head: number, ofHead: number, base: number, ofBase: number): number => {
    const all = head + base;
    let p = 0;
    for (let each = head; each <= Math.min(ofHead, all); each += 1) {
      if (all - each > ofBase) continue;
      p += Math.exp(
        logChoose(ofHead, each) + logChoose(ofBase, all - each) - logChoose(ofHead + ofBase, all),
      );
    }
    return p;
  };

  test.each([
    [10, 200, 0, 200],
    [9, 30, 0, 30],
    [20, 200, 5, 200],
    [30, 40, 10, 40],
    [300, 4000, 200, 4000],
  ])(
    "%i of %i against %i of %i excludes no rise exactly where Fisher's exact test does",
    (head, ofHead, base, ofBase) => {
      const p = fisher(head, ofHead, base, ofBase);
      const lowAt = (tail: number): number =>
        meldedDifference(
          { failures: base, trials: ofBase },
          { failures: head, trials: ofHead },
          { low: tail, high: 0.01 },
        ).low;
      expect(lowAt(p * 0.98)).toBeLessThan(0);
      expect(lowAt(p * 1.02)).toBeGreaterThan(0);
    },
  );

  test('sides that never fail leave a rise of what Clopper and Pearson leave: 1 − tail^(1 ÷ n)', () => {
    const none = { failures: 0, trials: 30 };
    expect(meldedDifference(none, none, { low: 0.01, high: 0.01 }).high).toBeCloseTo(
      1 - 0.01 ** (1 / 30),
      6,
    );
  });

  test('exchanging the sides turns the interval around', () => {
    const [one, other] = [
      { failures: 3.5, trials: 41 },
      { failures: 11, trials: 60.5 },
    ];
    const tails = { low: 0.003, high: 0.003 };
    const there = meldedDifference(one, other, tails);
    const back = meldedDifference(other, one, tails);
    expect(back.low).toBeCloseTo(-there.high, 4);
    expect(back.high).toBeCloseTo(-there.low, 4);
  });
});

describe('a rule on errors', () => {
  test.each<[string, Side, Side, JudgedRule['verdict']]>([
    [
      'half of the head fails and nothing of the base',
      sideOf(168, 0),
      sideOf(168, 80),
      'regressed',
    ],
    ['35 % of the head fails', sideOf(60, 0), sideOf(60, 21), 'regressed'],
    ['nothing fails', sideOf(60, 0), sideOf(60, 0), 'pass'],
    ['the base alone fails', sideOf(168, 80), sideOf(168, 0), 'improved'],
    ['both sides fail as often', sideOf(200, 20), sideOf(200, 20), 'within-noise'],
    ['one more fails than before', sideOf(200, 2), sideOf(200, 3), 'within-noise'],
    ['so many more fail that chance is unlikely', sideOf(200, 0), sideOf(200, 7), 'inconclusive'],
    ['too few to tell anything', sideOf(8, 0), sideOf(8, 0), 'inconclusive'],
  ])('judges the share of errors where %s', (_, base, head, wanted) => {
    expect(judgeErrors(base, head).verdict).toBe(wanted);
  });

  test('the change is head less base, since a base that never fails has no multiple', () => {
    const { base, head, change } = judgeErrors(sideOf(100, 0), sideOf(100, 35));
    expect([base, head, change?.estimate]).toEqual([0, 0.35, 0.35]);
    expect(change?.low).toBeGreaterThan(0.1);
    expect(change?.high).toBeLessThan(0.6);
  });

  test.each<[Outcome, number]>([
    ['error', 0.5],
    ['timeout', 0.5],
    ['out-of-memory', 0.5],
    ['lost', 0],
  ])(
    'an outcome of %s makes a rate of %d: of a lost one nobody knows how it ended',
    (outcome, rate) => {
      expect(judgeErrors(sideOf(80, 0), sideOf(80, 40, outcome)).head).toBe(rate);
      expect(judgeErrors(null, sideOf(80, 40, outcome), budget('errors', 'max', 0.1)).head).toBe(
        rate,
      );
    },
  );

  test('an error that is ignored is no failure', () => {
    const head = sideOf(80, 40);
    const observations = head.observations.map((each) => ({
      ...each,
      ignored: each.outcome === 'error',
    }));
    expect(judgeErrors(sideOf(80, 0), { ...head, observations })).toMatchObject({
      head: 0,
      verdict: 'pass',
    });
  });

  test('one environment that broke is one event, however often it is invoked', () => {
    const base = sideOf(64, 0);
    const observations = base.observations.map((each) => ({
      ...each,
      outcome: each.environment === 3 ? ('error' as const) : each.outcome,
    }));
    // 8 of 64 against none: as independent invocations p would be 0.003 and the limit of the tail 0.005.
    const judgement = judgeErrors(base, { facts: FACTS, observations });
    expect(judgement.head).toBe(0.125);
    expect(judgement.verdict).not.toBe('regressed');
    expect(judgeErrors(base, sideOf(64, 8)).verdict).toBe('regressed');
  });

  test('failures of unknown environments are not left out', () => {
    const head = sideOf(100, 15);
    const observations = head.observations.map((each) => ({
      ...each,
      environment: each.outcome === 'ok' ? each.environment : null,
    }));
    expect(judgeErrors(sideOf(100, 0), { ...head, observations }).head).toBe(0.15);
  });

  test('nothing of the head ends well and the base does: regressed, of few once nothing more will come', () => {
    expect(judgeErrors(sideOf(10, 0), sideOf(10, 10)).verdict).toBe('regressed');
    expect(judgeErrors(sideOf(3, 0), sideOf(3, 3)).verdict).toBe('inconclusive');
    expect(judgeErrors(sideOf(3, 0), sideOf(3, 3), RISE, { isLast: true })).toMatchObject({
      verdict: 'regressed',
      reasonFacts: { code: 'nothing-ended-well' },
    });
  });

  test('a limit in points allows a rise up to it', () => {
    const limited = regression('errors', 0.2);
    expect(judgeErrors(sideOf(200, 0), sideOf(200, 20), limited).verdict).toBe('pass');
    expect(judgeErrors(sideOf(200, 0), sideOf(200, 80), limited).verdict).toBe('regressed');
  });

  test('a stored baseline of another environment is incompatible', () => {
    const base = sideOf(100, 0);
    const other = { ...FACTS, key: { ...FACTS.key, memoryMb: 512 } };
    const judgement = judgeErrors({ ...base, facts: other }, sideOf(100, 50), RISE, {
      driftSpread: 0.05,
    });
    expect(judgement.verdict).toBe('incompatible');
  });
});

describe('which rules there are', () => {
  const kinds = (config: Parameters<typeof rulesOf>[0]): readonly string[] =>
    rulesOf(config).map(({ kind, metric, level }) => `${kind} ${metric} ${level}`);

  test('errors are judged by default, and beside rules of the user, since those see only what ended well', () => {
    expect(kinds({})).toEqual([
      'regression duration.p50 error',
      'regression cost error',
      'regression errors error',
    ]);
    expect(kinds({ budgets: { cost: { max: '2 USD/M', level: 'error' } } })).toEqual([
      'budget cost error',
      'regression errors error',
    ]);
  });

  test("the user's own rule on errors takes the place of the default", () => {
    const rules = rulesOf({ regressions: { errors: { max: '+1.5 points', level: 'warn' } } });
    expect(rules).toEqual([
      { kind: 'regression', metric: 'errors', bound: 'max', limit: 0.015, level: 'warn' },
    ]);
  });
});
