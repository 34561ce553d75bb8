import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../../src/contract/shared/trigger.ts';
import { triggerLimits, triggerWarnings } from '../../../src/core/timeout/trigger-limits.ts';

function trigger(source: Trigger['source'], change: Partial<Trigger> = {}): Trigger {
  return {
    source,
    arn: null,
    unqualified: false,
    visibilityTimeoutSeconds: null,
    batchingWindowSeconds: null,
    ...change,
  };
}

describe('triggerLimits', () => {
  it('names who waits, and how long at most', () => {
    expect(
      triggerLimits([
        trigger('apigateway'),
        trigger('apigateway', { arn: 'arn:other' }),
        trigger('cognito'),
        trigger('sqs', { visibilityTimeoutSeconds: 120 }),
        trigger('sqs'),
        trigger('s3'),
      ]),
    ).toEqual([
      { source: 'apigateway', maxSeconds: 29 },
      { source: 'cognito', maxSeconds: 5 },
      { source: 'sqs', maxSeconds: 120 },
      { source: 'sqs', maxSeconds: null },
    ]);
  });
});

describe('triggerWarnings', () => {
  const codes = (triggers: Trigger[], seconds: number): string[] =>
    triggerWarnings(triggers, seconds).map(({ code }) => code);

  it.each([
    { of: trigger('apigateway'), seconds: 29, expected: [] },
    { of: trigger('apigateway'), seconds: 30, expected: ['timeout-beyond-caller'] },
    { of: trigger('cognito'), seconds: 6, expected: ['timeout-beyond-caller'] },
    { of: trigger('s3'), seconds: 900, expected: [] },
    {
      of: trigger('sqs', { visibilityTimeoutSeconds: 30 }),
      seconds: 31,
      expected: ['timeout-beyond-visibility'],
    },
    // 6 × 10 s + 5 s = 65 s.
    {
      of: trigger('sqs', { visibilityTimeoutSeconds: 64, batchingWindowSeconds: 5 }),
      seconds: 10,
      expected: ['visibility-timeout-short'],
    },
    {
      of: trigger('sqs', { visibilityTimeoutSeconds: 65, batchingWindowSeconds: 5 }),
      seconds: 10,
      expected: [],
    },
    { of: trigger('sqs'), seconds: 900, expected: [] },
  ])('$of.source at $seconds s: $expected', ({ of, seconds, expected }) => {
    expect(codes([of], seconds)).toEqual(expected);
  });
});
