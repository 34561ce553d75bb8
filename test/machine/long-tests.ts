/**
 * Files that take minutes, with the same faults and limits over and over, kept out of `npm test` so that it is
 * something to wait for: `npm run test:long` runs them, a release does, and `.ci/run` a third of them with each
 * commit.
 */
export const LONG_TESTS = [
  'test/cloud/bundle-memory.test.ts',
  'test/faults/**/*.test.ts',
  'test/flow/largest-*.test.ts',
  'test/verify-aws/verify*.test.ts',
];

/** Whether they are the ones to run, instead of all others. */
export const RUNS_LONG_TESTS = process.env['POWERDIAL_LONG_TESTS'] === '1';
