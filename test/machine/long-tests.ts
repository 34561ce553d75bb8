/**
 * Files that take minutes, with the same faults and limits over and over: `npm run test:long` runs them, and
 * the gate does, so that `npm test` is something to wait for.
 */
export const LONG_TESTS = [
  'test/cloud/bundle-memory.test.ts',
  'test/faults/**/*.test.ts',
  'test/flow/largest-*.test.ts',
  'test/verify-aws/verify*.test.ts',
];

/** Whether they are the ones to run, instead of all others. */
export const RUNS_LONG_TESTS = process.env['POWERDIAL_LONG_TESTS'] === '1';
