import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GOAL_KINDS, type GoalKind } from '../../../src/contract/tune/goal.ts';
import type { Observation } from '../../../src/contract/shared/observation.ts';
import { OUTCOMES } from '../../../src/contract/shared/observation.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { plan } from '../../../src/core/plan/plan.ts';
import { recommend, type Recommendation } from '../../../src/core/recommend/recommend.ts';
import { around, failed, ready, settled, warm } from '../observed.ts';
import { noAnswerText } from '../../../src/words/tune/no-answer.ts';
import { recommendationText } from '../../../src/words/tune/recommendation.ts';
import { runs } from '../../machine/long-tests.ts';

const prices = pricesOf('us-east-1', 'x86_64');
const SIZES = [128, 192, 256, 512, 1024, 1769];

function recommendOn(
  observations: readonly Observation[],
  given: { readonly goal?: GoalKind; readonly p95?: number; readonly presentMb?: number } = {},
): Recommendation {
  const { goal = 'best-value', p95, presentMb = 512 } = given;
  return recommend({
    input: settled({
      goal: { kind: goal },
      apply: true,
      ...(p95 === undefined ? {} : { limits: { durationMs: { p95 } } }),
    }),
    target: { memoryMb: presentMb, timeoutSeconds: 30 },
    variants: ready(...SIZES),
    observations,
    prices,
    ephemeralStorageMb: 512,
    seed: 1,
  });
}

/** The largest size that died, counted here once more and in another way. */
function largestDeath(observations: readonly Observation[]): number {
  const dead = observations.filter(({ outcome }) => outcome === 'out-of-memory');
  return dead.map(({ memoryMb }) => memoryMb).toSorted((a, b) => b - a)[0] ?? 0;
}

const observation: fc.Arbitrary<Observation> = fc
  .record({
    memoryMb: fc.constantFrom(...SIZES),
    outcome: fc.oneof(
      { weight: 6, arbitrary: fc.constant('ok' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...OUTCOMES) },
    ),
    durationMs: fc.integer({ min: 1, max: 2000 }),
    cold: fc.boolean(),
  })
  .map(({ memoryMb, outcome, durationMs, cold }) => ({
    ...(outcome === 'ok' ? warm(memoryMb, durationMs) : failed(memoryMb, outcome, durationMs)),
    cold,
  }));

describe('nothing at or below a size that ran out of memory', () => {
  it('is recommended for any goal, under any limit, whatever its survivors show', () => {
    fc.assert(
      fc.property(
        fc.array(observation, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(...GOAL_KINDS),
        fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined }),
        fc.constantFrom(...SIZES),
        (observations, goal, p95, presentMb) => {
          const died = largestDeath(observations);
          const result = recommendOn(observations, {
            goal,
            presentMb,
            ...(p95 === undefined ? {} : { p95 }),
          });
          for (const { memoryMb, outcome } of result.sizes) {
            if (memoryMb <= died) expect(outcome).not.toBe('measured');
          }
          if (result.kind === 'recommended') expect(result.memoryMb).toBeGreaterThan(died);
          if (result.kind === 'recommended' && died > 0) {
            const named = /(?:Set the memory to|Keep|the best guess is(?: the present)?) (\d+) MB/;
            expect(Number(named.exec(recommendationText(result.facts))?.[1])).toBeGreaterThan(died);
          }
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('is planned to be measured again, nor is a new size', () => {
    fc.assert(
      fc.property(
        fc.array(observation, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(...GOAL_KINDS),
        (observations, goal) => {
          const decision = plan({
            input: settled({ goal: { kind: goal } }),
            target: { memoryMb: 512, timeoutSeconds: 30 },
            variants: ready(...SIZES),
            observations,
            roundsDone: 1,
            spentUsd: 0,
            prices,
            ephemeralStorageMb: 512,
          });
          if (decision.kind === 'enough') return;
          const smallest = Math.min(...decision.round.sizes.map(({ memoryMb }) => memoryMb));
          expect(smallest).toBeGreaterThan(largestDeath(observations));
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

describe('deaths at 256 and 512 MB among survivors', () => {
  const observations = [
    ...around(192, 900),
    ...around(256, 600, 3),
    failed(256, 'out-of-memory', 80),
    ...around(512, 300, 3),
    failed(512, 'out-of-memory', 80),
    ...around(1024, 290),
    ...around(1769, 280),
  ];

  it('leave 1024 MB the cheapest, and say of 192 MB why it is none', () => {
    const result = recommendOn(observations, { goal: 'cheapest' });
    if (result.kind !== 'recommended') throw new Error(noAnswerText(result));
    expect(result.memoryMb).toBe(1024);
    expect(result.sizes.find(({ memoryMb }) => memoryMb === 192)).toMatchObject({
      outcome: 'out-of-memory',
      reasonFacts: {
        code: 'below-a-death',
        diedUpToMb: 512,
        inTrial: false,
        survived: { count: 12, invocations: 12 },
      },
    });
  });

  it('are told of the present size, against which no saving is claimed', () => {
    const result = recommendOn(observations, { presentMb: 192 });
    if (result.kind !== 'recommended') throw new Error(noAnswerText(result));
    expect(result.warnings.map(({ code }) => code)).toContain('current-out-of-memory');
    expect(result.warnings.map(({ code }) => code)).not.toContain('current-not-measured');
    expect(result.confidence.savingsFraction).toBeNull();
  });
});

it('a trial that ran out of memory rules its size out, and everything below', () => {
  const result = recommend({
    input: settled(),
    target: { memoryMb: 512, timeoutSeconds: 30 },
    variants: ready(256, 512, 1024),
    observations: [...around(256, 100), ...around(512, 100), ...around(1024, 100)],
    trial: failed(512, 'out-of-memory', 40),
    prices,
    ephemeralStorageMb: 512,
    seed: 1,
  });
  expect(result).toMatchObject({ kind: 'recommended', memoryMb: 1024 });
});

it('no size above a death means no recommendation, and says to name larger sizes', () => {
  const result = recommendOn([...around(256, 100), failed(512, 'out-of-memory', 40)]);
  expect(result.kind).toBe('nothing-measured');
  if (result.kind === 'recommended') return;
  expect(noAnswerText(result)).toContain('none above 512 MB was measured: name larger sizes');
});
