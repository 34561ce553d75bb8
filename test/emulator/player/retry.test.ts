import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/shared/json.ts';
import type { Retrier } from '../../../src/emulator/player/definition.ts';
import { retryDelayMs } from '../../../src/emulator/player/retry-policy.ts';
import { failing } from './failing.ts';
import { machine, playHere } from './play-here.ts';

/** Plays a task that throws these errors one after the other, then succeeds. */
async function play(retry: readonly object[], errors: readonly string[], random?: () => number) {
  const { outcome, events } = await playHere(
    machine({
      X: {
        Type: 'Task',
        Resource: 'x',
        Retry: retry,
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z' }],
        Next: 'Y',
      },
      Y: { Type: 'Pass', Output: 'Y', End: true },
      Z: { Type: 'Pass', Output: 'Z', End: true },
    }),
    { tasks: { x: failing(errors) }, ...(random === undefined ? {} : { random }) },
  );
  const retries = events.filter((event) => event.kind === 'retry');
  return {
    end: 'output' in outcome ? outcome.output : outcome.status,
    waitsS: retries.map(({ delayMs }) => delayMs / 1000),
    transitions: outcome.transitions,
    tookMs: outcome.stoppedAtMs - outcome.startedAtMs,
    retries,
  };
}

describe('Retry', () => {
  it.each<[string, readonly object[], readonly string[], Json, readonly number[]]>([
    // Developer Guide: "makes 2 retry attempts after waiting for 3 and 4.5 seconds".
    [
      'the guide’s first example',
      [{ ErrorEquals: ['E'], IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 1.5 }],
      ['E', 'E'],
      'Y',
      [3, 4.5],
    ],
    [
      'the same, once too often',
      [{ ErrorEquals: ['E'], IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 1.5 }],
      ['E', 'E', 'E'],
      'Z',
      [3, 4.5],
    ],
    // Defaults: 3 attempts, 1 second, doubled.
    ['the defaults', [{ ErrorEquals: ['E'] }], ['E', 'E', 'E'], 'Y', [1, 2, 4]],
    ['the defaults, used up', [{ ErrorEquals: ['E'] }], ['E', 'E', 'E', 'E'], 'Z', [1, 2, 4]],
    // Amazon States Language, "Complex retry scenarios": waits of 1, 2 and 5 s, then the ceiling of 2.
    [
      'two retriers',
      [
        { ErrorEquals: ['ErrorA', 'ErrorB'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 },
        { ErrorEquals: ['ErrorC'], IntervalSeconds: 5 },
      ],
      ['ErrorA', 'ErrorB', 'ErrorC', 'ErrorB'],
      'Z',
      [1, 2, 5],
    ],
    // Developer Guide: "retries any error except States.Timeout", here with another name.
    [
      '0 attempts stop the search',
      [{ ErrorEquals: ['E'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
      ['E'],
      'Z',
      [],
    ],
    [
      'the wildcard for the rest',
      [{ ErrorEquals: ['E'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
      ['F'],
      'Y',
      [1],
    ],
    [
      'a ceiling',
      [
        {
          ErrorEquals: ['E'],
          IntervalSeconds: 3,
          BackoffRate: 2,
          MaxAttempts: 4,
          MaxDelaySeconds: 10,
        },
      ],
      ['E', 'E', 'E', 'E'],
      'Y',
      [3, 6, 10, 10],
    ],
    [
      'no growth',
      [{ ErrorEquals: ['E'], IntervalSeconds: 2, BackoffRate: 1 }],
      ['E', 'E', 'E'],
      'Y',
      [2, 2, 2],
    ],
    ['a retrier for something else', [{ ErrorEquals: ['F'] }], ['E'], 'Z', []],
    ['States.TaskFailed', [{ ErrorEquals: ['States.TaskFailed'] }], ['E'], 'Y', [1]],
  ])('%s', async (_, retry, errors, end, waitsS) => {
    const played = await play(retry, errors);
    expect(played).toMatchObject({ end, waitsS });
    expect(played.tookMs).toBe(waitsS.reduce((sum, waitS) => sum + waitS * 1000, 0));
    // Retries are state transitions (Developer Guide, "Retrying after an error").
    expect(played.transitions).toBe(2 + waitsS.length);
    expect(played.retries.map(({ retryCount }) => retryCount)).toEqual(
      waitsS.map((__, index) => index + 1),
    );
  });

  it('draws the wait when there is jitter', async () => {
    const retry = [{ ErrorEquals: ['E'], IntervalSeconds: 4, JitterStrategy: 'FULL' }];
    const draws = [0.25, 0.5, 0];
    const { waitsS } = await play(retry, ['E', 'E', 'E'], () => draws.shift() ?? 0);
    expect(waitsS).toEqual([1, 4, 0]);
  });

  it('counts anew in every visit, and tells the task and the context', async () => {
    const seen: number[] = [];
    const throwing = failing(['E', 'E', 'none', 'E', 'E']);
    const { outcome } = await playHere(
      machine({
        X: {
          Type: 'Task',
          Resource: 'x',
          Arguments: '{% $states.context.State.RetryCount %}',
          Retry: [{ ErrorEquals: ['E'], MaxAttempts: 2 }],
          Output: '{% $states.context.State.RetryCount %}',
          Assign: { visits: '{% $exists($visits) ? $visits + 1 : 1 %}' },
          Next: 'Again',
        },
        Again: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $visits < 2 %}', Next: 'X' }],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      }),
      {
        tasks: {
          x: (input, context) => {
            expect(input).toBe(context.retryCount);
            seen.push(context.retryCount);
            return throwing(input, context);
          },
        },
      },
    );
    expect(seen).toEqual([0, 1, 2, 0, 1, 2]);
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: 2, transitions: 5 + 4 });
  });

  it('retries what fails in Arguments and in Output, too', async () => {
    const { outcome, events } = await playHere(
      machine({
        X: {
          Type: 'Task',
          Resource: 'x',
          Output: '{% $states.context.State.RetryCount > 1 ? "done" : $absent %}',
          Retry: [{ ErrorEquals: ['States.QueryEvaluationError'] }],
          End: true,
        },
      }),
      { tasks: { x: () => Promise.resolve(1) } },
    );
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: 'done', transitions: 3 });
    expect(events.filter(({ kind }) => kind === 'task-succeeded')).toHaveLength(3);
  });
});

describe('the wait before a retry', () => {
  const retrier = fc.record<Retrier>({
    errorEquals: fc.constant(['E']),
    intervalSeconds: fc.integer({ min: 1, max: 99_999_999 }),
    maxAttempts: fc.constant(9),
    backoffRate: fc.double({ min: 1, max: 1e6, noNaN: true }),
    maxDelaySeconds: fc.oneof(fc.integer({ min: 1, max: 31_622_399 }), fc.constant(Infinity)),
    jitter: fc.constant('NONE'),
  });
  const before = fc.integer({ min: 0, max: 1_000 });
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('never shrinks, stays under its ceiling, and is at most a year', () => {
    fc.assert(
      fc.property(retrier, before, (one, retriesBefore) => {
        const now = retryDelayMs(one, retriesBefore, Math.random);
        const next = retryDelayMs(one, retriesBefore + 1, Math.random);
        expect(next).toBeGreaterThanOrEqual(now);
        expect(next).toBeLessThanOrEqual(Math.min(one.maxDelaySeconds, 366 * 86_400) * 1000);
      }),
    );
  });

  it('with jitter is a part of the one without', () => {
    fc.assert(
      fc.property(retrier, before, draw, (one, retriesBefore, drawn) => {
        const whole = retryDelayMs(one, retriesBefore, Math.random);
        const part = retryDelayMs({ ...one, jitter: 'FULL' }, retriesBefore, () => drawn);
        expect(part).toBeCloseTo(whole * drawn, 3);
      }),
    );
  });
});
