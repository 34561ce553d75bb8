import { expect, test } from 'vitest';
import type { CheckRule, SideFacts } from '../../../src/contract/check/check.ts';
import { isSettled, judge } from '../../../src/core/compare/judge.ts';
import type { JudgedRule } from '../../../src/core/compare/judging.ts';
import { sharedTariffWarnings } from '../../../src/core/compare/shared-tariff.ts';
import type { Side } from '../../../src/core/compare/side-sample.ts';
import { budget, FACTS, JUDGING, regression, sideOf } from './sides.ts';

type Kept = Pick<SideFacts, 'provisioned' | 'invocationsPerMonth'>;

/** A side in us-east-1, at so many milliseconds in the mean, ±3 %. */
function side(meanMs: number, kept: Kept = { provisioned: 10 }, memoryMb = 1024): Side {
  const key = { ...FACTS.key, region: 'us-east-1', architecture: 'x86_64' as const, memoryMb };
  const warmMs = [97, 98, 99, 100, 101, 102, 103, 100, 99, 101].map((ms) => meanMs - 100 + ms);
  const { observations } = sideOf(warmMs);
  return {
    facts: { ...FACTS, ...kept, key },
    observations: observations.map((each) => ({ ...each, memoryMb })),
  };
}

function judgeCost(
  base: Side | null,
  head: Side,
  rule: CheckRule = regression('cost'),
): JudgedRule {
  const [judgement] = judge([rule], { base, head }, JUDGING);
  if (judgement === undefined) throw new Error('nothing was judged');
  return judgement;
}

const NOT_PRICED = { code: 'provisioned-not-priced', executions: 10, missing: 'traffic' };
const BUSY: Kept = { provisioned: 10, invocationsPerMonth: 1_000_000 };

test('with known traffic both sides of a check bear their share of provisioned concurrency', () => {
  const { base, head, change, verdict } = judgeCost(side(100, BUSY), side(120, BUSY));
  // 10 × 2,628,000 s × 1 GB × 0.0000041667 USD for the month; 0.1 and 0.12 s × 0.0000097222 USD; 0.20 USD.
  expect(base).toBeCloseTo(109.50088 + 0.97222 + 0.2, 4);
  expect(head).toBeCloseTo(109.50088 + 1.16666 + 0.2, 4);
  expect(change?.estimate).toBeCloseTo(0.19444 / 110.6731, 6);
  expect(verdict).toBe('pass');
});

test('a head that is slower at half the memory saves money where mostly provisioned concurrency is paid for', () => {
  const idle: Kept = { provisioned: 0 };
  expect(judgeCost(side(100, idle), side(240, idle, 512)).verdict).toBe('regressed');
  expect(judgeCost(side(100, BUSY), side(240, BUSY, 512)).verdict).toBe('improved');
});

test('a check without known traffic leaves budgets of cost and changes beyond their limit open', () => {
  const open = [
    judgeCost(side(100), side(120)),
    judgeCost(side(100), side(100, { provisioned: 10 }, 2048)),
    judgeCost(side(100), side(40, { provisioned: 10 }, 2048)),
    judgeCost(side(100), side(100, { provisioned: 10 }, 2048), regression('cost', 5)),
    judgeCost(side(100), side(100), regression('cost', -0.1)),
    judgeCost(null, side(100), budget('cost', 'max', 1)),
    judgeCost(null, side(100), budget('cost', 'max', 5)),
  ];
  for (const judgement of open) {
    expect(judgement).toMatchObject({ verdict: 'inconclusive', reasonFacts: NOT_PRICED });
    expect(isSettled([judgement])).toBe(true);
  }
});

test('a head that costs less at the same memory passes without known traffic, by however little it does', () => {
  expect(judgeCost(side(100), side(80))).toMatchObject({ verdict: 'pass', reasonFacts: null });
});

test('a rule on cost that lacks a base says so, whatever is kept ready', () => {
  const { verdict, reasonFacts } = judgeCost(null, side(100));
  expect(verdict).toBe('inconclusive');
  expect(reasonFacts).toMatchObject({ code: 'no-baseline' });
});

test('rules on anything but cost know nothing of provisioned concurrency', () => {
  const rules = [regression('duration.mean'), budget('duration.mean', 'max', 90)];
  const of = (kept: Kept) =>
    judge(rules, { base: side(100, kept), head: side(120, kept) }, JUDGING);
  expect(of({ provisioned: 10 })).toEqual(of({ provisioned: 0 }));
  expect(of({ provisioned: 10 }).map(({ verdict }) => verdict)).toEqual([
    'regressed',
    'over-budget',
  ]);
});

test('a change of cost that a check passes without knowing the traffic is one that it passes at any traffic', () => {
  let passed = 0;
  for (let headMs = 80; headMs <= 115; headMs += 1) {
    const { verdict } = judgeCost(side(100), side(headMs));
    if (verdict !== 'pass' && verdict !== 'within-noise') continue;
    passed += 1;
    for (const invocationsPerMonth of [1, 1e4, 1e6, 1e8, 1e12]) {
      const kept = { provisioned: 10, invocationsPerMonth };
      const known = judgeCost(side(100, kept), side(headMs, kept)).verdict;
      expect(['pass', 'within-noise', 'improved'], `${headMs} ms`).toContain(known);
    }
  }
  expect(passed).toBeGreaterThan(5);
});

test('noise that a check may still measure away keeps a rule on cost going', () => {
  const { observations, ...rest } = side(100);
  const few = { ...rest, observations: observations.slice(0, 22) };
  const judgement = judgeCost(side(100), few);
  expect(judgement).toMatchObject({
    verdict: 'inconclusive',
    reasonFacts: { code: 'few-environments' },
  });
  expect(isSettled([judgement])).toBe(false);
});

test('a stored base is priced with what the function keeps ready now', () => {
  const then = side(100, {});
  expect(judgeCost(then, side(120, BUSY)).base).toBeCloseTo(110.6731, 3);
  expect(judgeCost(side(100, BUSY), side(120, { provisioned: 0 })).base).toBeCloseTo(1.86667, 4);
  expect(judgeCost(then, side(120)).reasonFacts).toEqual(NOT_PRICED);
  // What may not be read counts as nothing.
  expect(judgeCost(side(100, BUSY), side(120, { provisioned: null })).base).toBeCloseTo(1.86667, 4);
});

test('rates that are not known on one side leave the cost of both on demand, and open', () => {
  const arm = side(100, BUSY);
  const key = { ...arm.facts.key, architecture: 'arm64' as const, region: 'eu-west-1' };
  const head = { ...arm, facts: { ...arm.facts, key } };
  const judgement = judgeCost(side(100, BUSY), head);
  expect(judgement).toMatchObject({
    verdict: 'inconclusive',
    reasonFacts: { ...NOT_PRICED, missing: 'rates' },
  });
  expect(judgement.base).toBeCloseTo(1.86667, 4);
});

test('a check says what provisioned concurrency is to its costs, and nothing where no rule judges them', () => {
  const pair = (kept: Kept) => ({ base: side(100, kept), head: side(100, kept) });
  const cost = [regression('cost')];
  expect(sharedTariffWarnings(cost, pair({ provisioned: 10 }))).toEqual([NOT_PRICED]);
  expect(sharedTariffWarnings(cost, pair(BUSY))).toEqual([
    { code: 'provisioned-priced', executions: 10, invocationsPerMonth: 1_000_000 },
  ]);
  for (const provisioned of [0, null]) {
    expect(sharedTariffWarnings(cost, pair({ provisioned }))).toEqual([]);
  }
  expect(sharedTariffWarnings([regression('duration.p50')], pair({ provisioned: 10 }))).toEqual([]);
});
