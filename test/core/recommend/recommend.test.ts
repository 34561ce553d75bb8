import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import type { Variant } from '../../../src/contract/tune/publishing.ts';
import type { SettledInput } from '../../../src/contract/tune/settled-input.ts';
import type { Trigger } from '../../../src/contract/shared/trigger.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { recommend, type Recommendation } from '../../../src/core/recommend/recommend.ts';
import { seededRandom, shuffle, standardNormal } from '../../../src/contract/shared/random.ts';
import { around, cold, failed, ready, refused, settled, warm } from '../observed.ts';
import { noAnswerText } from '../../../src/words/tune/no-answer.ts';
import { recommendationText } from '../../../src/words/tune/recommendation.ts';
import { toSizeResult } from '../../../src/words/tune/size.ts';

const prices = pricesOf('us-east-1', 'x86_64');

interface Given {
  readonly input?: SettledInput;
  readonly target?: { readonly memoryMb: number; readonly timeoutSeconds: number };
  readonly variants?: readonly Variant[];
  readonly seed?: number;
  readonly triggers?: readonly Trigger[];
}

function recommendOn(observations: readonly Observation[], given: Given = {}): Recommendation {
  return recommend({
    input: settled(),
    target: { memoryMb: 512, timeoutSeconds: 30 },
    variants: [],
    observations,
    prices,
    ephemeralStorageMb: 512,
    seed: 1,
    ...given,
  });
}

function recommendSize(observations: readonly Observation[], given: Given = {}) {
  const result = recommendOn(observations, given);
  if (result.kind !== 'recommended') throw new Error(`not recommended: ${noAnswerText(result)}`);
  return result;
}

function codes(result: { readonly warnings: readonly { readonly code: string }[] }): string[] {
  return result.warnings.map(({ code }) => code);
}

/** Time halves from size to size and stays from 1024 MB on. */
const BOUND_BY_CPU = [
  ...around(128, 800),
  ...around(256, 400),
  ...around(512, 200),
  ...around(1024, 100),
  ...around(2048, 99),
];

describe('figures of a size', () => {
  const result = recommendSize([
    ...[100, 110, 120, 130, 240].map((ms) => warm(512, ms)),
    cold(512, 300, 150.5),
    failed(512, 'error', 5),
    failed(512, 'lost', null),
  ]);
  const size = result.sizes[0];

  it('counts everything and averages only warm successes', () => {
    expect(size).toMatchObject({
      memoryMb: 512,
      outcome: 'measured',
      reasonFacts: { code: 'some-failed', count: 2, invocations: 8 },
      invocations: 8,
      coldStarts: 1,
      errors: 2,
      initMs: { mean: 150.5, p50: 150.5, max: 150.5 },
      billedMs: { mean: 140 },
      maxMemoryUsedMb: 64,
    });
    // Mean 700 ÷ 5; type 7 quantiles at positions 2, 3.8 and 3.96 from 0.
    expect(size?.durationMs.mean).toBeCloseTo(140, 9);
    expect(size?.durationMs.p50).toBe(120);
    expect(size?.durationMs.p95).toBeCloseTo(130 + 0.8 * 110, 9);
    expect(size?.durationMs.p99).toBeCloseTo(130 + 0.96 * 110, 9);
    expect(size?.durationMs.max).toBe(240);
    // Deviations 40, 30, 20, 10, 100: √(13000 ÷ 4) = 57.009, ÷ √5 = 25.495; × t at 4 degrees, 2.77645.
    // No log tells environments apart, one cold start was seen: that one environment is presumed to differ
    // from others by 5 %, 7 ms, × t at 30 degrees, 2.0423 = 14.296. √(70.786² + 14.296²) = 72.215.
    expect(size?.durationMs.low).toBeCloseTo(140 - 72.215, 2);
    expect(size?.durationMs.high).toBeCloseTo(140 + 72.215, 2);
  });

  it('means costs, with the cold one at its share of 1 %', () => {
    // Half a GB: warm 0.140 s × 0.5 × 16.6667 + 0.2 = 1.366669 USD per million; cold is billed
    // ⌈450.5⌉ = 451 ms: 0.451 × 0.5 × 16.6667 + 0.2 = 3.958341. 0.99 × 1.366669 + 0.01 × 3.958341.
    expect(size?.costUsdPerMillion.mean).toBeCloseTo(1.392586, 6);
  });

  it('a figure that was not measured is null', () => {
    const other = recommendSize([...around(512, 100)], { variants: ready(128, 512) }).sizes[0];
    expect(other).toMatchObject({
      memoryMb: 128,
      outcome: 'failed',
      invocations: 0,
      durationMs: { mean: null, low: null, high: null, p50: null, max: null },
      initMs: null,
      billedMs: { mean: null },
      maxMemoryUsedMb: null,
      costUsdPerMillion: { mean: null, low: null, high: null },
    });
    expect(recommendSize([warm(512, 10)]).sizes[0]?.durationMs).toMatchObject({
      mean: 10,
      low: null,
      high: null,
    });
  });
});

describe('goals', () => {
  it.each([
    // With the request price every size up to 1024 MB costs the same: the faster is taken.
    { goal: { kind: 'best-value' }, memoryMb: 1024 },
    { goal: { kind: 'cheapest' }, memoryMb: 1024 },
    // 2048 MB is 1 % faster, which is no reason to pay twice.
    { goal: { kind: 'fastest' }, memoryMb: 1024 },
    { goal: { kind: 'balanced', weight: 0.5 }, memoryMb: 1024 },
  ] as const)('$goal.kind', ({ goal, memoryMb }) => {
    const result = recommendSize(BOUND_BY_CPU, { input: settled({ goal }) });
    expect(result.memoryMb).toBe(memoryMb);
    expect(result.verdict).toBe('change');
    expect(result.confidence.withinTolerance).toBeGreaterThan(0.95);
  });

  it('differ where time has to be paid for', () => {
    // Half of the time is waiting: 450 ms at 128 MB, then 275, 187.5, 143.75 MB.
    const mixed = [128, 256, 512, 1024].flatMap((m) => around(m, 100 + (350 * 128) / m, 30));
    const chosen = (goal: Partial<SettledInput['goal']>): number =>
      recommendSize(mixed, { input: settled({ goal }) }).memoryMb;
    expect(chosen({ kind: 'cheapest' })).toBe(128);
    expect(chosen({ kind: 'fastest' })).toBe(1024);
    // Cost 0.9375+0.2, 1.146+0.2, …: 256 MB costs 18 % more.
    expect(chosen({ kind: 'best-value', tolerance: 0.2 })).toBe(256);
    expect(chosen({ kind: 'best-value' })).toBe(128);
  });
});

describe('a size that is kept', () => {
  it('names the faster one that a larger tolerance would take, and which tolerance', () => {
    // Half of the time is waiting. 256 MB takes 275 instead of 450 ms, 1.6 times as fast. By hand, in USD per
    // million: 450 × 0.125 × 16.6667e-3 = 0.9375, + 0.2; 275 × 0.25 × 16.6667e-3 = 1.1458, + 0.2; 18.3 % more.
    const mixed = [128, 256, 512, 1024].flatMap((m) => around(m, 100 + (350 * 128) / m, 30));
    const target = { memoryMb: 128, timeoutSeconds: 30 };
    const kept = recommendSize(mixed, { target });
    expect(kept).toMatchObject({ verdict: 'keep', memoryMb: 128 });
    const { tradedAway } = kept.facts;
    expect(tradedAway).toMatchObject({ memoryMb: 256, tolerance: 0.19 });
    expect(tradedAway?.speedup).toBeCloseTo(450 / 275, 1);
    expect(recommendationText(kept.facts)).toMatch(
      /^Keep 128 MB .* 256 MB is 1\.6 times as fast for 18 % more: a tolerance of 19 % would take it \(--tolerance 19%; goal\.tolerance in an input\)\.$/,
    );
    const taken = recommendSize(mixed, {
      target,
      input: settled({ goal: { kind: 'best-value', tolerance: 0.19 } }),
    });
    expect(taken.memoryMb).toBe(256);
  });

  it('names none where nothing is faster, or where the goal is another one', () => {
    const target = { memoryMb: 1024, timeoutSeconds: 30 };
    const kept = recommendSize(BOUND_BY_CPU, { target });
    expect(kept.verdict).toBe('keep');
    expect(kept.facts.tradedAway).toBeNull();
    expect(recommendationText(kept.facts)).not.toContain('tolerance');
  });
});

describe('savings and speed-up', () => {
  it('are against the present size, with intervals around the truth', () => {
    const { confidence } = recommendSize(BOUND_BY_CPU, {
      target: { memoryMb: 2048, timeoutSeconds: 30 },
    });
    // 99 ms × 2 GB = 3.3 + 0.2 against 100 ms × 1 GB = 1.66667 + 0.2 USD per million.
    expect(confidence.savingsFraction?.estimate).toBeCloseTo(1 - 1.86667 / 3.5, 2);
    expect(confidence.savingsFraction?.low).toBeLessThan(confidence.savingsFraction?.estimate ?? 0);
    expect(confidence.savingsFraction?.high).toBeGreaterThan(
      confidence.savingsFraction?.estimate ?? 1,
    );
    expect(confidence.speedup?.estimate).toBeCloseTo(0.99, 2);
  });

  it('are null where the present size was not measured, and a warning says so', () => {
    const result = recommendSize(BOUND_BY_CPU, { target: { memoryMb: 700, timeoutSeconds: 30 } });
    expect(result.confidence).toMatchObject({ savingsFraction: null, speedup: null });
    expect(codes(result)).toContain('current-not-measured');
    expect(recommendationText(result.facts)).toContain('Set the memory to 1024 MB (now 700 MB)');
  });
});

describe('verdicts', () => {
  it('keeps the present size when it is the best', () => {
    const result = recommendSize(BOUND_BY_CPU, { target: { memoryMb: 1024, timeoutSeconds: 30 } });
    expect(result).toMatchObject({ verdict: 'keep', memoryMb: 1024 });
    expect(result.confidence.savingsFraction).toEqual({ estimate: 0, low: 0, high: 0 });
    expect(result.confidence.speedup).toEqual({ estimate: 1, low: 1, high: 1 });
  });

  it('keeps the present size when the gain is smaller than what is worth a change', () => {
    // 1769 MB is 3 % faster than 1024 MB at the same cost within half a per cent.
    const result = recommendSize(
      [...around(512, 200, 50), ...around(1024, 100, 50), ...around(1056, 97, 50)],
      { target: { memoryMb: 1024, timeoutSeconds: 30 } },
    );
    expect(result).toMatchObject({ verdict: 'keep', memoryMb: 1024 });
  });

  it('is inconclusive when the noise hides which size is best', () => {
    const random = seededRandom(4);
    const noisy = [128, 256, 512].flatMap((m) =>
      Array.from({ length: 4 }, () =>
        warm(m, ((200 * 512) / m) * Math.exp(1.2 * standardNormal(random))),
      ),
    );
    const result = recommendSize(noisy, { input: settled({ goal: { kind: 'cheapest' } }) });
    expect(result.verdict).toBe('inconclusive');
    // What is unsure is said with its own probability, and that is below what a verdict takes.
    expect(result.confidence.unsure?.probability).toBeLessThan(0.9);
    expect(recommendationText(result.facts)).toMatch(/^(Too close to call|No clear gain): /);
    expect(result.more?.invocations).toBeGreaterThan(12);
    expect(recommendationText(result.facts)).toContain('more invocations (');
  });

  it('is inconclusive on one invocation a size', () => {
    const result = recommendSize([warm(128, 800), warm(512, 200), warm(1024, 100)]);
    expect(result.verdict).toBe('inconclusive');
    expect(codes(result)).toContain('few-observations');
    expect(result.confidence.savingsFraction).toBeNull();
  });
});

describe('limits', () => {
  it('leave only sizes that keep to them', () => {
    const input = settled({
      goal: { kind: 'cheapest' },
      limits: { durationMs: { p95: 150 } },
    });
    expect(recommendSize(BOUND_BY_CPU, { input }).memoryMb).toBe(1024);
  });

  it('that no size meets name the closest size and the limit', () => {
    const result = recommendOn(BOUND_BY_CPU, {
      input: settled({ limits: { durationMs: { p95: 50 }, costUsdPerMillion: 5 } }),
    });
    expect(result.kind).toBe('no-size-meets-limits');
    expect(result.kind === 'recommended' ? '' : noAnswerText(result)).toBe(
      'No size meets the limits. The closest is 2048 MB, with 100 ms where a p95 duration of at most 50.0 ms is wanted.',
    );
  });

  it('that a few observations cannot vouch for are inconclusive, and many make sure', () => {
    const input = settled({ goal: { kind: 'cheapest' }, limits: { durationMs: { p95: 150 } } });
    const few = recommendSize([...around(512, 200, 8), ...around(1024, 100, 8)], { input });
    // Eight of eight within the limit: Jeffreys' posterior Beta(8.5, 0.5) lies above 0.95 with 64 %.
    expect(few.memoryMb).toBe(1024);
    expect(few.verdict).toBe('inconclusive');
    expect(codes(few)).toContain('limit-uncertain');
    const many = recommendSize([...around(512, 200, 80), ...around(1024, 100, 80)], { input });
    expect(many.verdict).toBe('change');
    expect(codes(many)).not.toContain('limit-uncertain');
  });

  it('of cost count the request as well', () => {
    // The cheapest sizes cost about 1.87 USD per million.
    const at = (costUsdPerMillion: number): string =>
      recommendOn(BOUND_BY_CPU, { input: settled({ limits: { costUsdPerMillion } }) }).kind;
    expect(at(1.8)).toBe('no-size-meets-limits');
    expect(at(1.95)).toBe('recommended');
  });
});

describe('sizes that fail', () => {
  const working = [...around(512, 200), ...around(1024, 100)];

  it('are outcomes with a reason', () => {
    const result = recommendSize(
      [
        ...working,
        failed(128, 'out-of-memory', 50),
        failed(256, 'timeout', 60_000),
        failed(256, 'timeout', 60_000),
        failed(300, 'error', 3),
        failed(400, 'lost', null),
      ],
      { variants: [...ready(128, 256, 300, 400, 512, 1024), refused(4096, 'capped at 3008 MB')] },
    );
    expect(
      result.sizes
        .map(toSizeResult)
        .map(({ memoryMb, outcome, reason }) => [memoryMb, outcome, reason]),
    ).toEqual([
      [128, 'out-of-memory', '1 of 1 invocations ran out of memory'],
      [256, 'timeout', '2 of 2 invocations did not finish within 60 s'],
      [300, 'failed', '1 of 1 invocations ended in an error'],
      [400, 'failed', 'no platform log was found for 1 of 1 invocations'],
      [512, 'measured', null],
      [1024, 'measured', null],
      [4096, 'refused', 'capped at 3008 MB'],
    ]);
    expect(codes(result)).toEqual(expect.arrayContaining(['errors-at-sizes', 'lost-observations']));
    expect(result.memoryMb).toBe(1024);
  });

  it('are not recommended for having run out of memory once', () => {
    const result = recommendSize([
      ...around(128, 100),
      failed(128, 'out-of-memory', 50),
      ...around(512, 100),
    ]);
    expect(result.memoryMb).toBe(512);
    expect(result.sizes[0]).toMatchObject({ outcome: 'out-of-memory' });
  });

  it('give nothing when all do', () => {
    const result = recommendOn([failed(128, 'error', 3), failed(512, 'out-of-memory', 3)], {
      variants: ready(128, 512),
    });
    expect(result).toMatchObject({ kind: 'nothing-measured' });
    expect(result.kind === 'recommended' ? '' : noAnswerText(result)).toContain(
      '128 MB: 1 of 1 invocations ended in an error',
    );
    expect(recommendOn([])).toMatchObject({ kind: 'nothing-measured', sizes: [] });
  });
});

describe('the present timeout', () => {
  // 512 MB has one invocation of 31 s, over the present timeout of 30 s.
  const observations = [...around(512, 5000), warm(512, 31_000), ...around(1024, 4800)];
  const cheapest = { goal: { kind: 'cheapest' } } as const;

  it('rules out sizes that it would cut off', () => {
    const result = recommendSize(observations, { input: settled(cheapest) });
    expect(result.memoryMb).toBe(1024);
    expect(codes(result)).toContain('sizes-beyond-timeout');
  });

  it('rules out no size where it is changed in the same update', () => {
    const input = settled({ ...cheapest, apply: { timeout: true } });
    const result = recommendSize(observations, { input });
    expect(result.memoryMb).toBe(512);
    // 31 s × 1.5 = 46.5 s.
    expect(result.timeout.recommendedSeconds).toBe(47);
    expect(codes(result)).toContain('timeout-too-tight');
    expect(recommendationText(result.facts)).toContain('Set the timeout to 47 s (now 30 s).');
  });
});

describe('warnings', () => {
  it('say that memory is nearly full', () => {
    const full = around(512, 100).map((each) => ({ ...each, maxMemoryUsedMb: 480 }));
    expect(codes(recommendSize(full))).toContain('memory-nearly-full');
    expect(codes(recommendSize(around(512, 100)))).not.toContain('memory-nearly-full');
  });

  it('say that cold starts dominate the cost', () => {
    // Warm 2 ms, cold 10 s: 1 % of 10 s is 100 ms against 2 ms.
    const result = recommendSize([...around(512, 2, 12), cold(512, 1000, 9000)]);
    expect(codes(result)).toContain('cold-starts-dominate');
  });

  it('say that a decision rests on cold starts alone', () => {
    const result = recommendSize(
      [1, 2, 3, 4].flatMap((i) => [cold(512, 200 + i, 100), cold(1024, 100 + i, 100)]),
      { input: settled({ goal: { kind: 'fastest' } }) },
    );
    expect(codes(result)).toContain('only-cold-starts');
    expect(result.memoryMb).toBe(1024);
    expect(result.sizes[0]?.durationMs.mean).toBeNull();
  });

  it('say that there are too few invocations for a p95', () => {
    const result = recommendSize(around(512, 100), {
      input: settled({ limits: { durationMs: { p95: 800 } } }),
    });
    expect(codes(result)).toContain('few-observations-for-limit');
  });
});

describe('sentences', () => {
  it('say what changes, what it saves and what it trades', () => {
    // Sizes borrow a little from each other, so 100 may be 99.9.
    expect(recommendationText(recommendSize(BOUND_BY_CPU).facts)).toMatch(
      /^Set the memory to 1024 MB \(now 512 MB\): 2\.0 times as fast \((200|199) ms → (100|99\.\d) ms\) at the same cost \(1\.87 → 1\.87 USD per million invocations\)\./,
    );
    const slower = recommendSize([...around(128, 105, 30), ...around(512, 100, 30)], {
      input: settled({ goal: { kind: 'cheapest' }, invocationsPerMonth: 3_000_000 }),
    });
    // (0.100 × 0.5 − 0.105 × 0.125) × 16.6667 = 0.6146 USD per million; × 3 a month is 1.84, and
    // billed times are whole milliseconds.
    expect(recommendationText(slower.facts)).toMatch(
      /cheaper \(.*\), but 5 % slower \(100 ms → 105 ms\)\. At 3,000,000 invocations a month that saves 1\.8\d USD a month, free tier and volume prices left out\.$/,
    );
  });
});

describe('a month', () => {
  it('costs what the invocations of its traffic cost', () => {
    const input = settled({ goal: { kind: 'cheapest' }, invocationsPerMonth: 2_000_000 });
    const result = recommendSize([...around(128, 105, 30), ...around(512, 100, 30)], { input });
    // 128 MB: 0.105 × 0.125 × 16.6667 + 0.2 = 0.41875 USD per million; 512 MB: 0.8333 + 0.2.
    expect(result.monthly?.usd).toBeCloseTo(2 * 0.41875, 1);
    expect(result.monthly?.presentUsd).toBeCloseTo(2 * 1.0333, 1);
    expect(result.monthly?.savedUsd?.estimate).toBeCloseTo(2 * 0.6146, 1);
    expect(result.monthly?.coldStartsUsd).toBeNull();
    expect(recommendSize(around(512, 100)).monthly).toBeNull();
  });
});

describe('the timeout', () => {
  it('prices a call that hangs, and judges the present one', () => {
    const result = recommendSize(BOUND_BY_CPU, { target: { memoryMb: 512, timeoutSeconds: 30 } });
    // 30 s × 1 GB × 16.6667 USD per million GB-seconds.
    expect(result.timeout.hungCallUsd?.present).toBeCloseTo(30 * 1.66667e-5 + 2e-7, 8);
    expect(result.timeout.present).toBeNull();
    const many = Array.from({ length: 3000 }, (_, index) => warm(512, 100 + index / 100));
    const loose = recommendSize(many, { target: { memoryMb: 512, timeoutSeconds: 30 } });
    expect(loose.timeout).toMatchObject({ present: 'too-loose', recommendedSeconds: 1 });
    expect(codes(loose)).toContain('timeout-too-loose');
  });

  it('is held against what triggers the function', () => {
    const slow = [...around(512, 9000, 20)];
    const result = recommendOn(slow, {
      triggers: [
        {
          source: 'cognito',
          arn: null,
          unqualified: true,
          visibilityTimeoutSeconds: null,
          batchingWindowSeconds: null,
        },
      ],
    });
    if (result.kind !== 'recommended') throw new Error(noAnswerText(result));
    expect(result.timeout.limits).toEqual([{ source: 'cognito', maxSeconds: 5 }]);
    expect(codes(result)).toContain('timeout-beyond-caller');
  });
});

describe('laws', () => {
  const random = seededRandom(8);
  const noisy = [128, 512, 1024].flatMap((m) => [
    ...Array.from({ length: 25 }, () =>
      warm(m, ((100 * 1024) / m) * Math.exp(0.3 * standardNormal(random))),
    ),
    cold(m, 400, 150),
  ]);

  it('the order of observations changes nothing, down to the last byte', () => {
    const expected = JSON.stringify(recommendOn(noisy));
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(JSON.stringify(recommendOn(shuffle(noisy, seededRandom(seed))))).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('another seed changes draws, not means', () => {
    const [one, two] = [recommendSize(noisy), recommendSize(noisy, { seed: 2 })];
    expect(two.sizes.map((size) => size.durationMs.mean)).toEqual(
      one.sizes.map((size) => size.durationMs.mean),
    );
    expect(two.sizes[0]?.durationMs.low).not.toBe(one.sizes[0]?.durationMs.low);
  });

  it('doubling every duration doubles means and bounds', () => {
    const twice = noisy.map((each) => ({ ...each, durationMs: (each.durationMs ?? 0) * 2 }));
    const [one, two] = [recommendSize(noisy).sizes[0], recommendSize(twice).sizes[0]];
    for (const key of ['mean', 'low', 'high', 'p95'] as const) {
      expect(two?.durationMs[key]).toBeCloseTo(2 * (one?.durationMs[key] ?? 0), 6);
    }
  });

  it('never throws and never answers NaN, whatever was observed', () => {
    const observation = fc.record({
      memoryMb: fc.constantFrom(128, 512, 1024),
      durationMs: fc.option(fc.double({ min: 0.01, max: 9e5, noNaN: true })),
      billedMs: fc.option(fc.integer({ min: 1, max: 900_000 })),
      initMs: fc.option(fc.double({ min: 1, max: 1e4, noNaN: true })),
      maxMemoryUsedMb: fc.option(fc.integer({ min: 1, max: 1024 })),
      cold: fc.option(fc.boolean()),
      outcome: fc.constantFrom('ok', 'error', 'timeout', 'out-of-memory', 'lost'),
      payload: fc.constant(0),
      atMs: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(
        fc.array(observation, { maxLength: 60 }),
        fc.constantFrom('best-value', 'cheapest', 'fastest', 'balanced'),
        (observations, kind) => {
          const result = recommendOn(observations, { input: settled({ goal: { kind } }) });
          // JSON writes NaN and Infinity as null, so look before that.
          const check = (value: unknown): void => {
            if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
            else if (typeof value === 'object' && value !== null)
              Object.values(value).forEach(check);
            else if (typeof value === 'string') expect(value).not.toMatch(/NaN|undefined|Infinity/);
          };
          check(result);
        },
      ),
      { numRuns: 100 },
    );
  });
});
