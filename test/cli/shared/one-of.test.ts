import { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { cpuProblem } from '../../../src/api/shared/handler/cpu-choice.ts';
import { oneOf } from '../../../src/cli/shared/one-of.ts';

test('a mistyped word of an option that takes a few is answered with the nearest of them', () => {
  const command = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addOption(oneOf(new Option('--by <how>'), ['insights', 'events']).default('insights'));
  const parse = (...args: readonly string[]): unknown =>
    command.parse(args, { from: 'user' }).opts()['by'];
  expect(parse()).toBe('insights');
  expect(parse('--by', 'events')).toBe('events');
  expect(() => parse('--by', 'insight')).toThrow(/insights, events; did you mean "insights"\?/);
  expect(() => parse('--by', 'sums')).toThrow(/Allowed choices are insights, events$/);
  expect(command.helpInformation()).toContain('choices: "insights", "events"');
  expect(cpuProblem('cgrup-v2')).toBe(
    '--cpu: wanted auto, cgroup-v1, cgroup-v2, settle, it is "cgrup-v2"; did you mean "cgroup-v2"?',
  );
});
