import { expect, test } from 'vitest';
import { invocationCostUsd } from '../../../src/core/cost/invocation-cost.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { tariffOf } from '../../../src/core/cost/tariff.ts';

const TARGET = { region: 'us-east-1', architecture: 'x86_64', provisioned: 10 } as const;
const PRICES = pricesOf('us-east-1', 'x86_64');
const INVOCATION = { billedMs: 100, memoryMb: 2048, ephemeralStorageMb: 512 };

test('an invocation pays its share of what provisioned concurrency keeps ready, and the lower rate of its duration', () => {
  const { kind, prices } = tariffOf(PRICES, TARGET, 1_000_000);
  expect(kind).toBe('provisioned');
  // 10 × 2,628,000 s of a month × 2 GB × 0.0000041667 USD ÷ 1,000,000 = 0.000219 USD
  const held = (10 * 2_628_000 * 2 * 0.0000041667) / 1_000_000;
  // 0.1 s × 2 GB × 0.0000097222 USD, and 0.20 USD for a million requests
  expect(invocationCostUsd(prices, INVOCATION)).toBeCloseTo(held + 0.2 * 0.0000097222 + 2e-7, 12);
});

test('a month of provisioned concurrency costs the same, however many invocations share it', () => {
  const ofMonth = (invocations: number): number =>
    invocations * 2 * (tariffOf(PRICES, TARGET, invocations).prices.usdPerGb ?? NaN);
  // 219 USD: 10 × 2,628,000 s × 2 GB × 0.0000041667 USD
  expect(ofMonth(1000)).toBeCloseTo(219, 2);
  expect(ofMonth(50_000_000)).toBeCloseTo(219, 2);
});

test('without provisioned concurrency, or where it may not be read, prices are those on demand', () => {
  for (const provisioned of [0, null]) {
    expect(tariffOf(PRICES, { ...TARGET, provisioned }, 1000)).toEqual({
      kind: 'on-demand',
      prices: PRICES,
    });
  }
});

test('provisioned concurrency is not priced without traffic, nor without a source for its rates', () => {
  const missing = { kind: 'not-priced', executions: 10, prices: PRICES };
  expect(tariffOf(PRICES, TARGET, undefined)).toEqual({ ...missing, missing: 'traffic' });
  expect(tariffOf(PRICES, TARGET, 0)).toEqual({ ...missing, missing: 'traffic' });
  const arm = { ...TARGET, region: 'eu-west-1', architecture: 'arm64' } as const;
  expect(tariffOf(PRICES, arm, 1000)).toEqual({ ...missing, missing: 'rates' });
});
