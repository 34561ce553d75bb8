import { expect, test } from 'vitest';
import { UsageError } from '../../../src/api/shared/usage-error.ts';
import { settleOptions } from '../../../src/cli/tune/settle-options.ts';
import type { TuneOptions } from '../../../src/cli/tune/tune-options.ts';

async function problemsOf(options: TuneOptions): Promise<readonly string[]> {
  try {
    await settleOptions('orders', options);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
}

test('a goal that is mistyped is refused with the nearest one, by the name of its option', async () => {
  expect(await problemsOf({ goal: 'fastst' })).toEqual([
    '--goal: wanted "best-value", "cheapest", "fastest", "balanced", it is "fastst"; did you mean "fastest"?',
  ]);
  expect(await problemsOf({ goal: 'xyz' })).toEqual([
    '--goal: wanted "best-value", "cheapest", "fastest", "balanced", it is "xyz"',
  ]);
});

test.each([
  [{ weight: '0.3' }, '--weight'],
  [{ weight: '0.3', goal: 'fastest' }, '--weight'],
  [{ current: '512MB/3s' }, '--current'],
  [{ cpu: 'settle' }, '--cpu'],
  [{ cpu: 'settle', recorded: 'f.json' }, '--cpu'],
  [{ embedded: true, local: 'app.mjs' }, '--embedded'],
  [{ stateMachine: 'arn', embedded: true }, '--state-machine'],
  [{ stateMachine: 'arn', recorded: 'f.json' }, '--state-machine'],
  [{ profile: 'work', recorded: 'f.json' }, '--profile'],
  [{ config: 'c.json', input: 'i.json' }, '--config'],
  [{ quiet: true, verbose: true }, '--quiet'],
  [{ title: 'Friday', out: ['r.json'] }, '--title'],
] as const)('an option that has no effect is refused: %j', async (options, option) => {
  const problems = await problemsOf(options);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.startsWith(option)).toBe(true);
});

test.each([
  { weight: '0.3', goal: 'balanced' },
  { current: '512MB/3s', cpu: 'settle', local: 'app.mjs' },
  { embedded: true, profile: 'work' },
  { stateMachine: 'arn' },
  { title: 'Friday', out: ['r.json', 'r.html'] },
])('options that have an effect are taken: %j', async (options) => {
  expect(await problemsOf(options)).toEqual([]);
});
