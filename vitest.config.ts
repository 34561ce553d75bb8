import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // Two cores: process-heavy suites next to each other disturb what they measure.
    maxWorkers: 2,
  },
});
