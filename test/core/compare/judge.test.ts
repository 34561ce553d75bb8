import { describe, expect, test } from 'vitest';
import type { CheckRule, SideFacts } from '../../../src/contract/check/check.ts';
import type { Metric } from '../../../src/contract/check/metric.ts';
import { isSettled, judge, overallVerdict } from '../../../src/core/compare/judge.ts';
import type { JudgedRule } from '../../../src/core/compare/judging.ts';
import type { Side } from '../../../src/core/compare/side-sample.ts';
import { budget, FACTS, JUDGING, observed, regression, sideOf } from './sides.ts';
import { toMetricJudgement } from '../../../src/words/check/judgement.ts';

/** ±3 % around 100, nothing peculiar to any environment. */
const NOISE = [97, 98, 99, 100, 101, 102, 103, 100, 99, 101];
const scaled = (factor: number): readonly number[] => NOISE.map((ms) => ms * factor);

function verdict(
  rule: CheckRule,
  base: Side | null,
  head: Side,
  judging: Partial<Parameters<typeof judge>[2]> = {},
): JudgedRule {
  const [judgement] = judge([rule], { base, head }, { ...JUDGING, ...judging });
  if (judgement === undefined) throw new Error('nothing was judged');
  return judgement;
}

describe('a change of duration', () => {
  const base = sideOf(NOISE);
  test.each<[string, number, JudgedRule['verdict']]>([
    ['the same', 1, 'within-noise'],
    ['slower by more than is allowed', 1.1, 'regressed'],
    ['slower, but by less than is allowed', 1.03, 'pass'],
    ['much faster', 0.8, 'improved'],
    ['a little faster', 0.97, 'pass'],
  ])('%s', (_, factor, wanted) => {
    const judgement = verdict(regression('duration.mean'), base, sideOf(scaled(factor)));
    expect(judgement.verdict).toBe(wanted);
    expect(judgement.change?.estimate).toBeCloseTo(factor - 1, 10);
  });

  test('every duration metric sees a shift of all durations', () => {
    const metrics: Metric[] = ['duration.p50', 'duration.mean', 'cost'];
    for (const metric of metrics) {
      expect(verdict(regression(metric), base, sideOf(scaled(1.2))).verdict, metric).toBe(
        'regressed',
      );
    }
  });

  test('80 values cannot bound a p99: no upper end, and no pass', () => {
    const judgement = verdict(regression('duration.p99'), base, sideOf(NOISE));
    expect(judgement.change?.high).toBeNull();
    expect(judgement.verdict).toBe('inconclusive');
  });

  test('cold invocations are in no duration', () => {
    const judgement = verdict(regression('duration.mean'), base, sideOf(NOISE));
    // Those at 900 ms would make it 172.7.
    expect(judgement.head).toBeCloseTo(100, 10);
    expect(judgement.samples).toEqual({ base: 80, head: 80 });
  });

  test('the first invocation of an environment is left out where its log shows no init too', () => {
    const warmed = sideOf(NOISE);
    const observations = warmed.observations.map((each) => ({
      ...each,
      cold: false,
      initMs: null,
    }));
    const judgement = verdict(regression('duration.mean'), base, { ...warmed, observations });
    expect(judgement.head).toBeCloseTo(100, 10);
  });
});

describe('environments', () => {
  test('what single environments do is not evidence: half of the environments slow is not a regression of 20 %', () => {
    const slow = sideOf(NOISE, { scale: [1, 1.4, 1, 1.4, 1, 1.4, 1, 1.4] });
    const judgement = verdict(regression('duration.mean'), sideOf(NOISE), slow);
    expect(judgement.change?.estimate).toBeCloseTo(0.2, 10);
    expect(judgement.change?.low).toBeLessThan(0);
    expect(judgement.verdict).toBe('inconclusive');
  });

  test.each([1, 2, 3])('%i environments are too few to tell the code from the host', (count) => {
    const few = sideOf(scaled(2), { scale: Array.from({ length: count }, () => 1) });
    const judgement = verdict(regression('duration.mean'), sideOf(NOISE), few);
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.reasonFacts?.code).toMatch(/environment/);
  });

  test('environments that are unknown make the interval wider, and are counted by the cold starts', () => {
    const blind = (side: Side): Side => ({
      ...side,
      observations: side.observations.map((each) => ({ ...each, environment: null })),
    });
    const known = verdict(regression('duration.mean'), sideOf(NOISE), sideOf(scaled(1.1)));
    const unknown = verdict(
      regression('duration.mean'),
      blind(sideOf(NOISE)),
      blind(sideOf(scaled(1.1))),
    );
    expect(unknown.environments).toEqual({ base: null, head: null });
    expect(unknown.change?.low).toBeLessThan(known.change?.low ?? 0);
    expect(known.verdict).toBe('regressed');
    expect(unknown.verdict).toBe('inconclusive');
  });
});

describe('few samples', () => {
  test.each([0, 1])('%i warm ones of each environment are inconclusive, never pass', (count) => {
    const few = sideOf(NOISE.slice(0, count), { scale: [1, 1, 1, 1] });
    expect(verdict(regression('duration.mean'), few, few).verdict).toBe('inconclusive');
    expect(verdict(budget('duration.p95', 'max', 1e9), null, few).verdict).toBe('inconclusive');
  });

  test('no base is inconclusive', () => {
    expect(verdict(regression('duration.mean'), null, sideOf(NOISE))).toMatchObject({
      verdict: 'inconclusive',
      change: null,
    });
  });
});

describe('a stored baseline', () => {
  const stored = { driftSpread: 0.05 };

  test('10 % may be drift, 50 % is not', () => {
    const rule = regression('duration.mean');
    expect(verdict(rule, sideOf(NOISE), sideOf(scaled(1.1)), stored)).toMatchObject({
      verdict: 'inconclusive',
      reasonFacts: { code: 'drift-possible' },
    });
    expect(verdict(rule, sideOf(NOISE), sideOf(scaled(1.5)), stored).verdict).toBe('regressed');
  });

  test('of another memory size is incompatible also where no drift is allowed for', () => {
    const base = sideOf(NOISE, { facts: { ...FACTS, key: { ...FACTS.key, memoryMb: 512 } } });
    const judging = { driftSpread: 0, isStored: true };
    const rule = regression('duration.mean');
    expect(verdict(rule, base, sideOf(NOISE), judging).verdict).toBe('incompatible');
  });

  test.each([
    ['memoryMb', 512, 'memory 512 then, 1024 now'],
    ['architecture', 'x86_64', 'architecture x86_64 then, arm64 now'],
    ['runtime', 'nodejs22.x', 'runtime nodejs22.x then, nodejs24.x now'],
    ['layers', ['arn:1'], 'layers [arn:1] then, [] now'],
    ['region', 'eu-west-2', 'region eu-west-2 then, eu-west-1 now'],
    ['toolSchema', 0, 'tool schema 0 then, 1 now'],
    ['payloads', 'a1', 'payloads a1 then, b2 now'],
  ])('of another %s is incompatible', (name, value, reason) => {
    const facts = (key: object): SideFacts => ({ ...FACTS, key: { ...FACTS.key, ...key } });
    const base = sideOf(NOISE, { facts: facts({ payloads: 'b2', [name]: value }) });
    const head = sideOf(scaled(3), { facts: facts({ payloads: 'b2' }) });
    const judged = verdict(regression('duration.mean'), base, head, stored);
    expect(toMetricJudgement(judged)).toMatchObject({
      verdict: 'incompatible',
      reason,
      change: { estimate: null, low: null, high: null },
    });
  });
});

test.each(['base', 'head'])('payloads that the %s does not tell are not compared', (name) => {
  const facts = { ...FACTS, key: { ...FACTS.key, payloads: 'a1' } };
  const [base, head] = [sideOf(NOISE), sideOf(scaled(1.5))];
  const sides = name === 'base' ? [base, { ...head, facts }] : [{ ...base, facts }, head];
  const [one, other] = sides as [Side, Side];
  expect(verdict(regression('duration.mean'), one, other, { driftSpread: 0.05 }).verdict).toBe(
    'regressed',
  );
});

describe('a budget', () => {
  const side = sideOf(NOISE);
  test.each<[Metric, 'max' | 'min', number, JudgedRule['verdict']]>([
    ['duration.mean', 'max', 110, 'pass'],
    ['duration.mean', 'max', 90, 'over-budget'],
    ['duration.mean', 'max', 100, 'inconclusive'],
    ['memory.used', 'max', 100, 'pass'],
    ['memory.used', 'max', 79, 'over-budget'],
    // 80 of 1,024 MB are used: 92.2 % are free.
    ['memory.headroom', 'min', 0.9, 'pass'],
    ['memory.headroom', 'min', 0.95, 'over-budget'],
    // The slowest, a cold one, took 900 ms of 10 s: 91 % are left.
    ['timeout.headroom', 'min', 0.9, 'pass'],
    ['timeout.headroom', 'min', 0.92, 'over-budget'],
    ['errors', 'max', 0, 'pass'],
    ['init.p50', 'max', 200, 'pass'],
    ['init.p50', 'max', 100, 'over-budget'],
  ])('%s %s %d: %s', (metric, bound, limit, wanted) => {
    expect(verdict(budget(metric, bound, limit), null, side).verdict).toBe(wanted);
  });

  test('one error breaks a budget of 0 %, and one error in 88 invocations does not break a budget of 2 %', () => {
    const failed = {
      ...side,
      observations: [...side.observations.slice(1), observed({ outcome: 'error' })],
    };
    expect(verdict(budget('errors', 'max', 0), null, failed).verdict).toBe('over-budget');
    expect(verdict(budget('errors', 'max', 0.02), null, failed).verdict).toBe('pass');
  });
});

describe('a check as a whole', () => {
  const regressed = verdict(regression('duration.mean'), sideOf(NOISE), sideOf(scaled(1.2)));
  const open = verdict(regression('duration.p99'), sideOf(NOISE), sideOf(NOISE));
  const fine = verdict(regression('duration.mean'), sideOf(NOISE), sideOf(NOISE));
  const warned = (each: JudgedRule): JudgedRule => ({
    ...each,
    rule: { ...each.rule, level: 'warn' },
  });

  test.each([
    ['nothing broken', [fine], 'pass', true],
    ['one broken', [fine, regressed], 'fail', true],
    ['one broken that only warns', [fine, warned(regressed)], 'pass', true],
    ['one open', [fine, open], 'inconclusive', false],
    ['one open that only warns', [fine, warned(open)], 'pass', false],
    ['broken and open: more measuring changes nothing', [regressed, open], 'fail', true],
  ] as const)('%s', (_, judgements, wanted, settled) => {
    expect(overallVerdict(judgements)).toBe(wanted);
    expect(isSettled(judgements)).toBe(settled);
  });
});
