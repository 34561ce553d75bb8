import { expect, test } from 'vitest';
import { CHECK } from '../../src/contract/check/workflow.ts';
import {
  CATCHES,
  longestRetryWaitSeconds,
  RETRIES,
} from '../../src/contract/shared/task-policies.ts';
import { TUNE } from '../../src/contract/tune/workflow.ts';
import { definitionText, type Definition } from './definition-file.ts';

test.each([TUNE, CHECK])(
  'every Task of the $kind workflow retries and catches by its policy; if not: npm run docs',
  ({ kind, policies }) => {
    const { States } = JSON.parse(definitionText(kind)) as Definition;
    const tasks = Object.entries(States).filter(([, { Type }]) => Type === 'Task');
    const inFile = tasks.map(([name, { Retry, Catch }]) => [
      name,
      { retry: Retry, caught: Catch?.map(({ ErrorEquals }) => ErrorEquals) },
    ]);
    const byPolicy = Object.entries(policies).map(([name, { retries, catches }]) => [
      name,
      { retry: [RETRIES[retries]], caught: CATCHES[catches] },
    ]);
    expect(Object.fromEntries(inFile)).toEqual(Object.fromEntries(byPolicy));
  },
);

test.each(['tune', 'check'] as const)(
  'both rules for every other error lead the same way in the %s workflow, with the same values',
  (kind) => {
    const { States } = JSON.parse(definitionText(kind)) as Definition;
    for (const [name, { Catch = [] }] of Object.entries(States)) {
      const [first, second] = Catch.slice(-2).map(({ ErrorEquals: _, ...rest }) => rest);
      expect(withoutMessages(first), name).toEqual(withoutMessages(second));
    }
  },
);

// StoreResult says which of two reasons it was.
function withoutMessages(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null).replace(/'message': '[^']*'/g, "'message'"));
}

// 2 + 4 + 8 + 16 + 30 + 30, 2 + 4 + 8 + 16 + 30, 2 + 4 + 8 and 2 + 4 by hand.
test.each([
  ['did-not-run', 90],
  ['may-run-twice', 90],
  ['puts-back', 90],
  ['in-passing', 6],
  ['cleans-up', 60],
  ['keeps-result', 14],
] as const)('the attempts of "%s" wait %d s at most, all together', (name, seconds) => {
  expect(longestRetryWaitSeconds(RETRIES[name])).toBe(seconds);
});
