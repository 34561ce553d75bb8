import { defineConfig } from 'vitest/config';

/** `npm run test:independent`: apart from `npm test`, because it needs Python with moto. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/independent/**/*.test.ts'],
    // Limits for what hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
