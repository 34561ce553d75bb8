import { configDefaults, defineConfig } from 'vitest/config';
import { LONG_TESTS, RUN_WHEN_LONG, RUNS_LONG_TESTS } from './test/machine/long-tests.ts';
import { FILES_TO_SKIP } from './test/machine/machine.ts';

export default defineConfig({
  test: {
    include: RUNS_LONG_TESTS ? RUN_WHEN_LONG : ['test/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      ...(RUNS_LONG_TESTS ? [] : LONG_TESTS),
      ...FILES_TO_SKIP,
      // `npm run test:independent` runs these: they need Python with moto.
      'test/independent/**',
    ],
    globalSetup: ['test/machine/prepare.ts'],
    setupFiles: ['test/machine/put-back.ts', 'test/machine/same-examples.ts'],
    // Modules are loaded once for each worker and not once for each file: a third of the processor time.
    // A test that changes something global (a variable of the environment, a handler) puts it back.
    isolate: false,
    // One more than the processors of a small machine: many tests wait for processes and for loopback.
    maxWorkers: 3,
    // Limits for what hangs. How long something takes is up to the machine, and no test is about that.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    // Which Node a user should move to is not what is tested here.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
