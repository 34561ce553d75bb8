import { beforeAll, expect, test } from 'vitest';
import { recommend, tune, type Result } from '../../../src/api/index.ts';

let result: Result;

beforeAll(async () => {
  result = await tune({
    recorded: 'examples/recorded/orders.json',
    input: { memorySizes: [128, 512, 1769], invocations: 20, seed: 7 },
  });
});

test('recommend without a change decides as the run did, down to the last digit', () => {
  const same = recommend({ result });
  for (const key of Object.keys(same) as (keyof typeof same)[]) {
    expect({ [key]: same[key] }).toEqual({ [key]: result[key] });
  }
});

test('recommend takes a result as a file holds it', () => {
  const read = JSON.parse(JSON.stringify(result)) as Result;
  expect(recommend({ result: read })).toEqual(recommend({ result }));
});

test('where one size alone keeps to a limit, recommend takes that size', () => {
  const [, middle, largest] = result.sizes.map(({ durationMs: { mean } }) => mean ?? NaN);
  // Half-way between the two fastest sizes, which are far apart.
  const p50 = ((middle ?? NaN) + (largest ?? NaN)) / 2;
  const limited = recommend({
    result,
    goal: { kind: 'cheapest' },
    limits: { durationMs: { p50 } },
  });
  expect(limited.recommendation.memoryMb).toBe(1769);
  expect(limited.input).toMatchObject({
    goal: { kind: 'cheapest' },
    limits: { durationMs: { p50 } },
  });
  // What is left out is as the run had it.
  expect(limited.input.memorySizes).toEqual([128, 512, 1769]);
});

test('recommend takes the fastest size where that is the goal, and says where no size keeps to a limit', () => {
  const fastest = recommend({ result, goal: { kind: 'fastest' } });
  const durations = result.sizes.map(({ durationMs: { mean } }) => mean ?? Infinity);
  expect(fastest.recommendation.memoryMb).toBe(
    result.sizes[durations.indexOf(Math.min(...durations))]?.memoryMb,
  );
  const impossible = () => recommend({ result, limits: { costUsdPerMillion: 0.01 } });
  expect(impossible).toThrow(/No size meets the limits/);
});

test('a run that was stopped decides nothing, whatever it is asked for', () => {
  const warnings = [{ code: 'interrupted', message: 'It was stopped.' }];
  const stopped = { ...result, warnings } as unknown as Result;
  expect(recommend({ result: stopped, goal: { kind: 'fastest' } }).verdict).toBe('inconclusive');
});

test('recommend refuses a value that is not a result, a result without its facts, and an unknown goal', () => {
  const { facts: _, ...earlier } = result;
  expect(() => recommend({ result: earlier })).toThrow(/wanted facts/);
  expect(() => recommend({ result: { sizes: 3 } as never })).toThrow(/wanted a result of tune/);
  expect(() => recommend({ result, goal: { kind: 'best' as never } })).toThrow(/goal\.kind/);
  expect(() => recommend({ result, coldShare: 2 })).toThrow(/coldShare/);
});
