import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Goal } from '../../../src/contract/tune/goal.ts';
import { choose, shortfalls, type Point } from '../../../src/core/recommend/choose.ts';
import { settled } from '../observed.ts';

function goal(kind: Goal['kind'], change: Partial<Goal> = {}): Goal {
  return settled({ goal: { kind, ...change } }).goal;
}

/** Sizes of a function bound by one CPU, then flat: time halves, cost stays, then cost doubles. */
const POINTS: readonly Point[] = [
  { durationMs: 800, costUsd: 1.0 },
  { durationMs: 400, costUsd: 1.02 },
  { durationMs: 200, costUsd: 1.04 },
  { durationMs: 190, costUsd: 1.9 },
  { durationMs: 188, costUsd: 3.7 },
];

describe('choose', () => {
  it.each([
    { name: 'cheapest', goal: goal('cheapest'), index: 0 },
    // 1.02 and 1.04 are within 5 % of 1.00, the last is fastest of them.
    { name: 'best value', goal: goal('best-value'), index: 2 },
    { name: 'best value, 3 %', goal: goal('best-value', { tolerance: 0.03 }), index: 1 },
    { name: 'best value, 0 %', goal: goal('best-value', { tolerance: 0 }), index: 0 },
    // 190 is within 2 % of 188 and costs half.
    { name: 'fastest', goal: goal('fastest'), index: 3 },
    { name: 'balanced, cost only', goal: goal('balanced', { weight: 1 }), index: 0 },
    { name: 'balanced, duration only', goal: goal('balanced', { weight: 0 }), index: 4 },
    // √(cost × duration): 28.3, 20.2, 14.4, 19.0, 26.4.
    { name: 'balanced', goal: goal('balanced'), index: 2 },
  ])('$name', ({ goal: wanted, index }) => {
    expect(choose(wanted, POINTS)).toBe(index);
  });

  it('takes the faster of sizes that cost the same to half a per cent', () => {
    // The peer calls the first one the winner for 0.07 %, at half the speed.
    const points = [
      { durationMs: 1382, costUsd: 2.9043 },
      { durationMs: 692, costUsd: 2.9064 },
    ];
    expect(choose(goal('cheapest'), points)).toBe(1);
  });

  it('does not depend on units, nor on an extreme size in the list', () => {
    const points = fc.array(
      fc.record({
        durationMs: fc.double({ min: 1, max: 1e5, noNaN: true }),
        costUsd: fc.double({ min: 1e-7, max: 1e-2, noNaN: true }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        points,
        fc.constantFrom('best-value', 'cheapest', 'fastest', 'balanced'),
        (list, kind) => {
          const chosen = choose(goal(kind), list);
          const scaled = list.map(({ durationMs, costUsd }) => ({
            durationMs: durationMs * 1024,
            costUsd: costUsd * 4096,
          }));
          expect(choose(goal(kind), scaled)).toBe(chosen);
          const extreme = [...list, { durationMs: 1e9, costUsd: 1e3 }];
          expect(choose(goal(kind), extreme)).toBe(chosen);
        },
      ),
      {
        // Found by chance: logarithms of the two, each by itself, round to the same number or do not.
        examples: [
          [
            [
              { durationMs: 1, costUsd: 1.0000000000000001e-7 },
              { durationMs: 1, costUsd: 1e-7 },
            ],
            'balanced',
          ],
        ],
      },
    );
  });
});

describe('shortfalls', () => {
  it('measures what the goal is about, as a fraction of the best', () => {
    expect(shortfalls(goal('best-value'), POINTS)[3]).toBeCloseTo(0.9, 12);
    expect(shortfalls(goal('fastest'), POINTS)[3]).toBeCloseTo(190 / 188 - 1, 12);
    // √(800 × 1.0) ÷ √(200 × 1.04) = 28.284 ÷ 14.422.
    expect(shortfalls(goal('balanced'), POINTS)[0]).toBeCloseTo(0.9612, 4);
  });
});
