import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import type { Variant } from '../../../src/contract/tune/publishing.ts';
import type { SettledInput } from '../../../src/contract/tune/settled-input.ts';
import { allSizes } from '../../../src/core/plan/candidate-sizes.ts';
import { mostInvocations, plan, type PlanDecision } from '../../../src/core/plan/plan.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { seededRandom, standardNormal } from '../../../src/contract/shared/random.ts';
import { around, cold, failed, ready, refused, settled, using, warm } from '../observed.ts';
import { runs } from '../../machine/long-tests.ts';

const target = { memoryMb: 512, timeoutSeconds: 30 };

function planOf(
  input: SettledInput,
  state: {
    observations?: readonly Observation[];
    variants?: readonly Variant[];
    roundsDone?: number;
    spentUsd?: number;
    trial?: Observation;
  } = {},
): PlanDecision {
  return plan({
    input,
    target,
    variants: [],
    observations: [],
    roundsDone: 0,
    spentUsd: 0,
    prices: pricesOf('us-east-1', 'arm64'),
    ephemeralStorageMb: 512,
    ...state,
  });
}

function sizesIn(decision: PlanDecision): number[] {
  return decision.kind === 'enough' ? [] : decision.round.sizes.map(({ memoryMb }) => memoryMb);
}

describe('fixed sizes and counts', () => {
  const input = settled({ memorySizes: [1024, 128, 333], invocations: 7, coldStarts: 2 });

  it('are one round, which allows for cold starts in its bound', () => {
    expect(planOf(input)).toMatchObject({
      kind: 'measure',
      round: {
        number: 1,
        sizes: [
          { memoryMb: 128, warm: 7, cold: 2 },
          { memoryMb: 333, warm: 7, cold: 2 },
          { memoryMb: 1024, warm: 7, cold: 2 },
        ],
      },
    });
    expect(planOf(input, { roundsDone: 1 }).kind).toBe('enough');
    // 9 of each; beside them as many warm ones as environments may be new, 8 at once over 3 sizes, and 2 cold ones.
    expect(mostInvocations(input, target)).toBe(3 * (9 + 4 + 2));
  });

  it('stay at the most invocations of a run, and the bound says what was asked for', () => {
    const greedy = settled({ memorySizes: 'all', invocations: 1000 });
    const decision = planOf(greedy);
    const total =
      decision.kind === 'measure'
        ? decision.round.sizes.reduce((sum, { warm: count }) => sum + count, 0)
        : 0;
    expect(total).toBeLessThanOrEqual(8000);
    expect(total).toBeGreaterThan(7900);
    expect(mostInvocations(greedy, target)).toBe(46_000);
  });
});

describe('"all"', () => {
  it('is 46 different sizes from 128 to 10240, each about 10 % above the one before', () => {
    // 80 to the power of 1/45 is 1.1023.
    const sizes = allSizes();
    expect(sizes).toHaveLength(46);
    expect(sizes[0]).toBe(128);
    expect(sizes.at(-1)).toBe(10_240);
    for (const [index, size] of sizes.entries()) {
      const before = sizes[index - 1];
      if (before !== undefined) expect(Math.abs(size / before - 1.1023)).toBeLessThan(0.008);
    }
  });
});

describe('the first adaptive round', () => {
  it('holds the likely sizes and the present one where the trial uses little', () => {
    const trial = using(512, 64);
    expect(sizesIn(planOf(settled(), { trial }))).toEqual([128, 256, 512, 1024, 1769, 3008]);
    expect(
      sizesIn(
        plan({
          ...requestOf(settled()),
          target: { memoryMb: 4000, timeoutSeconds: 3 },
          trial: using(4000, 64),
        }),
      ),
    ).toEqual([128, 256, 512, 1024, 1769, 3008, 4000]);
  });

  it('makes fewer invocations where one is long', () => {
    const counts = [20, 20_000, 100_000, 800_000].map((ms) => {
      const decision = planOf(settled({ maxUsd: 1000, measureTimeoutSeconds: 900 }), {
        trial: warm(512, ms),
      });
      return decision.kind === 'measure' ? (decision.round.sizes[2]?.warm ?? 0) : 0;
    });
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.at(-1)).toBe(2);
    expect(counts[0]).toBeGreaterThan(4);
  });

  it('allows for cold starts: three invocations more than environments of a size', () => {
    // Eight at once over six sizes are two environments of each at a time.
    const decision = planOf(settled({ concurrency: 8 }), { trial: warm(512, 20) });
    for (const { warm: count } of decision.kind === 'measure' ? decision.round.sizes : []) {
      expect(count).toBe(5);
    }
  });

  it('is small where nothing is known of a target that may run for minutes', () => {
    const decision = plan({
      ...requestOf(settled({ measureTimeoutSeconds: 900 })),
      target: { memoryMb: 512, timeoutSeconds: 900 },
    });
    for (const { warm: count } of decision.kind === 'measure' ? decision.round.sizes : []) {
      expect(count).toBe(2);
    }
  });
});

function requestOf(input: SettledInput) {
  return {
    input,
    target,
    variants: [],
    observations: [],
    roundsDone: 0,
    spentUsd: 0,
    prices: pricesOf('us-east-1', 'arm64'),
    ephemeralStorageMb: 512,
  };
}

/** Durations of d(m) = 1000 ms × 512 ÷ min(m, upTo), with noise of the given coefficient of variation. */
function curve(sizes: readonly number[], upTo: number, noise: number, seed = 1): Observation[] {
  const random = seededRandom(seed);
  return sizes.flatMap((memoryMb) =>
    Array.from({ length: 10 }, () =>
      warm(
        memoryMb,
        ((1000 * 512) / Math.min(memoryMb, upTo)) * Math.exp(noise * standardNormal(random)),
      ),
    ),
  );
}

const SIZES = [128, 256, 512, 1024, 1769, 3008];

describe('later adaptive rounds', () => {
  it('drop sizes that cannot win and measure more of those that may', () => {
    // Cost is the same up to 1769 MB and 1.7 times that at 3008 MB.
    const decision = planOf(settled({ goal: { kind: 'cheapest' } }), {
      observations: curve(SIZES, 1769, 0.2, 3),
      variants: ready(...SIZES),
      roundsDone: 1,
    });
    expect(sizesIn(decision)).not.toContain(3008);
    expect(sizesIn(decision).length).toBeGreaterThan(1);
    for (const size of decision.kind === 'measure' ? decision.round.sizes : []) {
      // At most twice what there is is added.
      expect(size.warm).toBeGreaterThan(0);
      expect(size.warm).toBeLessThanOrEqual(20);
    }
  });

  it('stop when the decision is settled', () => {
    // Waiting only: every size takes as long, the smallest costs half of the next.
    const observations = SIZES.flatMap((memoryMb) => around(memoryMb, 100, 40));
    const decision = planOf(settled({ goal: { kind: 'cheapest' } }), {
      observations,
      variants: ready(...SIZES),
      roundsDone: 1,
    });
    expect(decision.kind).toBe('enough');
  });

  it('look at larger sizes while the largest still gains', () => {
    const several = planOf(settled({ goal: { kind: 'fastest' } }), {
      observations: curve(SIZES, 10_240, 0.02),
      variants: ready(...SIZES),
      roundsDone: 1,
    });
    expect(sizesIn(several)).toEqual(expect.arrayContaining([5307, 10_240]));
    const single = planOf(settled({ goal: { kind: 'fastest' } }), {
      observations: curve(SIZES, 1769, 0.02),
      variants: ready(...SIZES),
      roundsDone: 1,
    });
    expect(Math.max(...sizesIn(single), 0)).toBeLessThanOrEqual(3008);
  });

  it('add a size between two where the curve says that it may pay', () => {
    // Half works, half waits: 4,000 ms at 128 MB, 3,333 at 192 MB for 25 % more, 3,000 at 256 MB for 50 %.
    const observations = SIZES.flatMap((m) => around(m, 2000 + (2000 * 128) / m, 30));
    const goal = { kind: 'best-value', tolerance: 0.35 } as const;
    const decision = planOf(settled({ goal }), {
      observations,
      variants: ready(...SIZES),
      roundsDone: 1,
    });
    const added = sizesIn(decision).filter((memoryMb) => !SIZES.includes(memoryMb));
    expect(added).toEqual([192]);
    const fixed = planOf(settled({ goal, memorySizes: [...SIZES] }), {
      observations,
      variants: ready(...SIZES),
      roundsDone: 1,
    });
    expect(sizesIn(fixed).every((memoryMb) => SIZES.includes(memoryMb))).toBe(true);
  });

  it('measure a size that is known beside one that is new, so that their times can be compared', () => {
    // As above: the known sizes are settled, and only 192 MB is worth a look.
    const observations = SIZES.flatMap((m) => around(m, 2000 + (2000 * 128) / m, 30));
    const decision = planOf(settled({ goal: { kind: 'best-value', tolerance: 0.35 } }), {
      observations,
      variants: ready(...SIZES),
      roundsDone: 1,
    });
    const sizes = decision.kind === 'measure' ? decision.round.sizes : [];
    const known = sizes.filter(({ memoryMb, warm }) => SIZES.includes(memoryMb) && warm > 0);
    expect(known.length).toBeGreaterThan(0);
  });

  it('measure more of a size until its limits are kept for sure', () => {
    const observations = SIZES.flatMap((m) => around(m, m < 1024 ? 400 : 100, 8));
    const input = settled({ goal: { kind: 'cheapest' }, limits: { durationMs: { p95: 150 } } });
    const state = { observations, variants: ready(...SIZES), roundsDone: 1 };
    expect(sizesIn(planOf(input, state))).toContain(1024);
    expect(sizesIn(planOf(settled({ goal: { kind: 'cheapest' } }), state))).not.toContain(1024);
  });

  it('never repeat refused sizes, nor one that ran out of memory or anything below it', () => {
    const decision = planOf(settled({ goal: { kind: 'fastest' } }), {
      observations: [
        ...curve([128, 512, 1024, 1769], 10_240, 0.3),
        failed(256, 'out-of-memory', 40),
        failed(256, 'out-of-memory', 40),
      ],
      variants: [...ready(128, 256, 512, 1024, 1769), refused(3008, 'the account allows 2048 MB')],
      roundsDone: 1,
    });
    for (const memoryMb of [128, 256, 3008, 5307, 10_240]) {
      expect(sizesIn(decision)).not.toContain(memoryMb);
    }
  });

  it('stay within maxUsd and say when money ends it', () => {
    const state = { observations: curve(SIZES, 1769, 0.3), variants: ready(...SIZES) };
    const decision = planOf(settled({ maxUsd: 0.01 }), { ...state, roundsDone: 1, spentUsd: 0.01 });
    expect(decision.kind).toBe('enough');
    expect(decision.reason.code).toBe('budget-used-up');
  });

  it('work without a single success', () => {
    const decision = planOf(settled(), {
      observations: SIZES.map((memoryMb) => failed(memoryMb, 'error', 5)),
      variants: ready(...SIZES),
      roundsDone: 1,
    });
    expect(decision.kind).toBe('enough');
  });
});

describe('a whole run', () => {
  it('ends, stays below its stated bound, and never repeats itself differently', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('best-value', 'cheapest', 'fastest', 'balanced'),
        fc.double({ min: 1, max: 5000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 256, max: 10_240 }),
        fc.integer({ min: 0, max: 1000 }),
        (kind, ms, noise, upTo, seed) => {
          const input = settled({ goal: { kind } });
          const random = seededRandom(seed);
          const observations: Observation[] = [];
          let rounds = 0;
          for (;;) {
            const variants = ready(...new Set(observations.map(({ memoryMb }) => memoryMb)));
            const decision = planOf(input, { observations, variants, roundsDone: rounds });
            expect(planOf(input, { observations, variants, roundsDone: rounds })).toEqual(decision);
            if (decision.kind === 'enough') break;
            rounds += 1;
            expect(decision.round.number).toBe(rounds);
            for (const size of decision.round.sizes) {
              expect(size.warm).toBeGreaterThan(0);
              for (let index = 0; index < size.warm; index += 1) {
                const own =
                  ((ms * 1769) / Math.min(size.memoryMb, upTo)) *
                  Math.exp(noise * standardNormal(random));
                observations.push(
                  index < 2 && rounds === 1
                    ? cold(size.memoryMb, own, 200)
                    : warm(size.memoryMb, own),
                );
              }
            }
          }
          expect(rounds).toBeGreaterThan(0);
          expect(observations.length).toBeLessThanOrEqual(mostInvocations(input, target));
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

describe('counts that did not come true', () => {
  const input = settled({ memorySizes: [512, 1024], invocations: 5, coldStarts: 2 });
  const size = (memoryMb: number, warmOnes: number, coldOnes: number): Observation[] => [
    ...Array.from({ length: warmOnes }, () => warm(memoryMb, 100)),
    ...Array.from({ length: coldOnes }, () => cold(memoryMb, 100, 20)),
  ];
  const variants = ready(512, 1024);

  it('counts that a round did not reach are completed: warm invocations that were cold starts, and cold starts that were served warm', () => {
    const observations = [...size(512, 3, 4), ...size(1024, 6, 1)];
    expect(planOf(input, { roundsDone: 1, observations, variants })).toMatchObject({
      kind: 'measure',
      round: {
        number: 2,
        sizes: [
          { memoryMb: 512, warm: 2, cold: 0 },
          { memoryMb: 1024, warm: 0, cold: 1 },
        ],
      },
      reason: { code: 'counts-incomplete' },
    });
  });

  it('counts are left as they are where they came true, where money ended the round, and for the input of the peer', () => {
    const done = [...size(512, 5, 2), ...size(1024, 5, 2)];
    expect(planOf(input, { roundsDone: 1, observations: done, variants }).kind).toBe('enough');
    const cutShort = [...size(512, 1, 2), ...size(1024, 1, 2)];
    expect(planOf(input, { roundsDone: 1, observations: cutShort, variants }).kind).toBe('enough');
    const peer = { ...input, coldStarts: 0, peer: {} } as SettledInput;
    const cold = [...size(512, 3, 2), ...size(1024, 3, 2)];
    expect(planOf(peer, { roundsDone: 1, observations: cold, variants }).kind).toBe('enough');
  });

  it('missing cold starts are tried once: what did not come on a fresh version will not come', () => {
    const observations = [...size(512, 6, 1), ...size(1024, 5, 2)];
    const fresh = [...variants, ...ready(512)];
    expect(planOf(input, { roundsDone: 2, observations, variants: fresh }).kind).toBe('enough');
  });
});
