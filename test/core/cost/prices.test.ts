import { describe, expect, it } from 'vitest';
import { PRICE_TABLE } from '../../../src/core/cost/price-table.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';

function codesOf(region: string, ephemeralStorageMb?: number): string[] {
  return pricesOf(region, 'arm64', ephemeralStorageMb).warnings.map((warning) => warning.code);
}

describe('pricesOf', () => {
  // Facts: aws.amazon.com/lambda/pricing and the Price List, per GB-second, as AWS writes them.
  it.each([
    { region: 'us-east-1', x86: 0.0000166667, arm: 0.0000133334, request: 0.2 },
    { region: 'eu-west-1', x86: 0.0000166667, arm: 0.0000133334, request: 0.2 },
    { region: 'ap-northeast-3', x86: 0.0000166667, arm: 0.0000133334, request: 0.2 },
    { region: 'af-south-1', x86: 0.0000221, arm: 0.00001768, request: 0.27 },
    { region: 'ap-east-1', x86: 0.00002292, arm: 0.0000183, request: 0.28 },
    { region: 'eu-south-1', x86: 0.0000195172, arm: 0.0000156138, request: 0.23 },
    { region: 'me-central-1', x86: 0.0000206667, arm: 0.0000165334, request: 0.25 },
    { region: 'eu-central-2', x86: 0.0000183334, arm: 0.0000146667, request: 0.22 },
    { region: 'ap-southeast-5', x86: 0.000015, arm: 0.000012, request: 0.18 },
    { region: 'cn-north-1', x86: 0.0001136, arm: 0.0000908, request: 1.36 },
  ])('$region', ({ region, x86, arm, request }) => {
    expect(pricesOf(region, 'x86_64').usdPerGbSecond).toBeCloseTo(x86, 12);
    expect(pricesOf(region, 'arm64').usdPerGbSecond).toBeCloseTo(arm, 12);
    expect(pricesOf(region, 'arm64').usdPerRequest * 1e6).toBeCloseTo(request, 9);
  });

  it.each([
    { region: 'us-east-1', transition: 0.000025 },
    { region: 'us-gov-west-1', transition: 0.00003 },
    { region: 'sa-east-1', transition: 0.0000375 },
    { region: 'cn-northwest-1', transition: 0.0001891 },
  ])('prices a state transition in $region', ({ region, transition }) => {
    expect(pricesOf(region, 'x86_64').usdPerStateTransition).toBeCloseTo(transition, 12);
  });

  it.each(['ap-east-2', 'mx-central-1', 'eusc-de-east-1', 'mars-north-1', 'toString', ''])(
    'an unknown region (%s) has the commonest price and a warning',
    (region) => {
      const prices = pricesOf(region, 'x86_64');
      expect(prices.usdPerGbSecond).toBe(0.0000166667);
      expect(prices.usdPerRequest).toBe(0.0000002);
      expect(prices.warnings).toHaveLength(1);
      expect(prices.warnings[0]?.code).toBe('unknown-region-price');
      expect(prices.warnings[0]).toMatchObject({ region });
    },
  );

  it('says that the European Sovereign Cloud bills in another currency, at unknown prices', () => {
    const warningOf = (region: string) => pricesOf(region, 'arm64').warnings[0];
    expect(warningOf('eusc-de-east-1')).toMatchObject({ billedInEur: true });
    expect(warningOf('ap-east-2')).toMatchObject({ billedInEur: false });
  });

  it('the price that stands in is the commonest of the table', () => {
    const counts = new Map<number, number>();
    for (const { perGbSecond } of Object.values(PRICE_TABLE)) {
      counts.set(perGbSecond.x86_64, (counts.get(perGbSecond.x86_64) ?? 0) + 1);
    }
    const [commonest] = [...counts].toSorted(([, a], [, b]) => b - a);
    expect(commonest).toEqual([pricesOf('mars-north-1', 'x86_64').usdPerGbSecond, 24]);
  });

  it.each(['x86_64', 'arm64'] as const)(
    'a request costs as many GB-seconds on %s in every region to within 2 %, so a price that stands in moves amounts and no choice',
    (architecture) => {
      const ratioOf = (region: string) => {
        const { usdPerRequest, usdPerGbSecond } = pricesOf(region, architecture);
        return usdPerRequest / usdPerGbSecond;
      };
      const ratios = Object.keys(PRICE_TABLE).map((region) => ratioOf(region) / ratioOf('unknown'));
      expect(Math.min(...ratios)).toBeGreaterThan(0.98);
      // ap-east-1: 0.28 USD per million, 0.0000183 per GB-second on arm64.
      expect(Math.max(...ratios)).toBeLessThan(1.0201);
    },
  );

  it('says that China bills in CNY', () => {
    expect(pricesOf('cn-north-1', 'x86_64').currency).toBe('CNY');
    expect(codesOf('cn-north-1')).toEqual(['prices-in-cny']);
    expect(codesOf('us-west-2')).toEqual([]);
  });

  it('an unknown price of ephemeral storage is said only where it matters', () => {
    expect(codesOf('me-central-1')).toEqual([]);
    expect(codesOf('me-central-1', 512)).toEqual([]);
    expect(codesOf('me-central-1', 513)).toEqual(['unknown-ephemeral-storage-price']);
    expect(pricesOf('me-central-1', 'arm64', 513).ephemeralUsdPerGbSecond).toBeGreaterThan(0);
    expect(codesOf('us-east-1', 10_240)).toEqual([]);
  });

  it('covers every region of the table with an arm64 price a fifth below x86_64', () => {
    expect(Object.keys(PRICE_TABLE)).toHaveLength(34);
    for (const { perGbSecond } of Object.values(PRICE_TABLE)) {
      expect(perGbSecond.arm64 / perGbSecond.x86_64).toBeCloseTo(0.8, 2);
    }
  });
});
