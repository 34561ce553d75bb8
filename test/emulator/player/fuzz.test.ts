import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DefinitionError, type TaskFunction } from '../../../src/emulator/player/play.ts';
import { playHere } from './play-here.ts';
import { VirtualClock } from './virtual-clock.ts';
import { runs } from '../../machine/long-tests.ts';

const ENOUGH_EVENTS = 200;

/** Plays anything: it must end, and only a definition that cannot be played may throw. */
async function playAnything(definition: unknown): Promise<string> {
  const clock = new VirtualClock();
  const controller = new AbortController();
  let events = 0;
  const moody: TaskFunction = async (_, { retryCount, signal }) => {
    await clock.sleep(1_500, signal);
    if (retryCount < 2) throw Object.assign(new Error('no'), { name: 'A' });
    return { ok: true };
  };
  try {
    const { outcome } = await playHere(definition, {
      clock,
      input: { a: 1, s: 'x', list: [1, 2, 3] },
      tasks: { f: moody },
      signal: controller.signal,
      onEvent: () => {
        events += 1;
        if (events === ENOUGH_EVENTS) controller.abort();
      },
    });
    return outcome.status;
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    return 'refused';
  }
}

const name = fc.constantFrom('A', 'B', 'C', 'D');
const expression = fc
  .constantFrom(
    '$states.input',
    '$states.input.a + 1',
    '$states.input.a > 0',
    '$states.input.absent',
    '$states.context.State',
    '$x',
    '$exists($x) ? $x + 1 : 0',
    '$range(1, 3, 1)',
    'function($v) { $v }',
    '1/0',
    "'2026-01-01T00:00:01Z'",
  )
  .map((source) => `{% ${source} %}`);
const value = fc.oneof(
  { weight: 3, arbitrary: expression },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const assign = fc.dictionary(fc.constantFrom('x', 'y', 'größe'), value, { maxKeys: 2 });
const exit = { Assign: maybe(assign), Output: maybe(value), Next: maybe(name) };
const errors = fc.oneof(
  fc.constant(['States.ALL']),
  fc.constant(['A', 'States.Timeout']),
  fc.constant(['States.QueryEvaluationError']),
);
const retrier = fc.record({
  ErrorEquals: errors,
  IntervalSeconds: maybe(fc.integer({ min: 1, max: 9 })),
  MaxAttempts: maybe(fc.integer({ min: 0, max: 3 })),
  BackoffRate: maybe(fc.double({ min: 1, max: 3, noNaN: true })),
  JitterStrategy: maybe(fc.constantFrom('FULL', 'NONE')),
});
const catcher = fc.record({
  ErrorEquals: errors,
  Next: name,
  Assign: maybe(assign),
  Output: maybe(value),
});
const state = fc.oneof(
  fc.record({ Type: fc.constant('Pass'), ...exit }),
  fc.record({
    Type: fc.constant('Wait'),
    Seconds: fc.oneof(fc.integer({ min: 0, max: 9 }), expression),
    ...exit,
  }),
  fc.record({
    Type: fc.constant('Task'),
    Resource: fc.constant('f'),
    Arguments: maybe(value),
    TimeoutSeconds: maybe(fc.integer({ min: 1, max: 3 })),
    Retry: maybe(fc.array(retrier, { maxLength: 1 })),
    Catch: maybe(fc.array(catcher, { maxLength: 1 })),
    ...exit,
  }),
  fc.record({
    Type: fc.constant('Choice'),
    Choices: fc.array(fc.record({ Condition: expression, Next: name, Output: maybe(value) }), {
      minLength: 1,
      maxLength: 2,
    }),
    Default: maybe(name),
  }),
  fc.record({ Type: fc.constant('Succeed'), Output: maybe(value) }),
  fc.record({
    Type: fc.constant('Fail'),
    Error: maybe(fc.oneof(fc.string(), expression)),
    Cause: maybe(expression),
  }),
);
const ENDING = new Set(['Pass', 'Wait', 'Task']);
const likely = fc
  .record({
    QueryLanguage: fc.constant('JSONata'),
    StartAt: name,
    TimeoutSeconds: maybe(fc.integer({ min: 1, max: 60 })),
    States: fc.record({ A: state, B: state, C: state, D: state }),
  })
  .map(({ States, ...top }) => ({
    ...top,
    States: Object.fromEntries(
      Object.entries(States).map(([key, one]) => {
        const ends = ENDING.has(one.Type) && !('Next' in one && one.Next !== undefined);
        return [key, ends ? { ...one, End: true } : one];
      }),
    ),
  }));

it('plays whatever is a definition, and always ends', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(likely, async (definition) => {
      seen.add(await playAnything(definition));
    }),
    { numRuns: 150, seed: 1 },
  );
  // The generator is of use only while it reaches every end.
  expect([...seen].sort()).toEqual(['ABORTED', 'FAILED', 'SUCCEEDED', 'TIMED_OUT']);
});

it('refuses or plays a definition in which anything was replaced by anything', async () => {
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.anything());
  await fc.assert(
    fc.asyncProperty(
      likely,
      fc.array(fc.nat(), { maxLength: 6 }),
      anything,
      async (good, way, bad) => {
        await playAnything(replacePart(good, way, bad));
      },
    ),
    { numRuns: runs(150) },
  );
});

it('refuses or plays anything at all', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.anything({ withBigInt: true, withDate: true, withMap: true }),
      async (thing) => {
        await playAnything(thing);
      },
    ),
    { numRuns: runs(150) },
  );
});

/** A copy of `value` with the part at the end of the way replaced. */
function replacePart(part: unknown, [step, ...rest]: readonly number[], by: unknown): unknown {
  if (step === undefined || typeof part !== 'object' || part === null) return by;
  const keys = Object.keys(part);
  const chosen = keys[step % keys.length];
  if (chosen === undefined) return by;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(part)
    ? [...(part as unknown[])]
    : { ...part };
  Object.assign(copy, {
    [chosen]: replacePart((part as Record<string, unknown>)[chosen], rest, by),
  });
  return copy;
}
