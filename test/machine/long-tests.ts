/**
 * Files that take long, with the same faults, limits and clients over and over, kept out of `npm test` so that it is
 * something to wait for: `npm run test:long` runs them, a release does, and `.ci/run` a third of them with each
 * commit.
 */
export const LONG_TESTS = [
  'test/cloud/bundle-memory.test.ts',
  'test/docs/serve-commands.test.ts',
  'test/emulator/*/aws-cli.test.ts',
  'test/faults/**/*.test.ts',
  'test/flow/dead-*.test.ts',
  'test/flow/largest-*.test.ts',
  'test/verify-aws/verify*.test.ts',
];

/** Files of laws that `npm test` tries on a part of the examples, see `runs`, and the long tests on all. */
const LAWS = [
  'test/core/plan/plan.test.ts',
  'test/core/platform-log/*-search.test.ts',
  'test/core/platform-log/robustness.test.ts',
  'test/core/recommend/below-a-death.test.ts',
  'test/emulator/lambda/version-laws.test.ts',
  'test/emulator/player/fuzz.test.ts',
  'test/project/edit/propose-edits.test.ts',
];

/** Whether they are the ones to run, instead of all others. */
export const RUNS_LONG_TESTS = process.env['POWERDIAL_LONG_TESTS'] === '1';

/** What `npm run test:long` runs. */
export const RUN_WHEN_LONG = [...LONG_TESTS, ...LAWS];

/** How many examples of a law to try: all of them in the long tests, a quarter in `npm test`. */
export function runs(examples: number): number {
  return RUNS_LONG_TESTS ? examples : Math.ceil(examples / 4);
}
