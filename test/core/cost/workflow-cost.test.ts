import { expect, test } from 'vitest';
import { stageCost } from '../../../src/core/cost/workflow-cost.ts';

test('a call of Measure that takes its 15 minutes at 512 MB is 450 GB-seconds', () => {
  const own = { memoryMb: 512, architecture: 'arm64', region: 'eu-west-1' } as const;
  const { gbSeconds, usd } = stageCost(own, 900);
  expect(gbSeconds).toBeCloseTo(450, 9);
  // 450 × 0.0000133334, from AWS's price list for eu-west-1
  expect(usd).toBeCloseTo(0.006_000_03, 10);
});

test('a call of Measure on x86_64 is at the price of x86_64', () => {
  const own = { memoryMb: 512, architecture: 'x86_64', region: 'eu-west-1' } as const;
  expect(stageCost(own, 900).usd).toBeCloseTo(0.007_500_015, 10);
});
