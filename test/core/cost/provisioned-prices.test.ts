import { expect, test } from 'vitest';
import { provisionedRatesOf } from '../../../src/core/cost/provisioned-prices.ts';

/** AWS Price List, offer AWSLambda, version 20261001184746: usage types Lambda-Provisioned-Concurrency-ARM and Lambda-Provisioned-GB-Second-ARM. */
test.each([
  ['us-east-1', 0.0000033334, 0.0000077778],
  ['us-east-2', 0.0000033334, 0.0000077778],
  ['us-west-1', 0.0000039233, 0.0000091544],
  ['us-west-2', 0.0000033334, 0.0000077778],
  ['ap-northeast-1', 0.0000043068, 0.0000100492],
  ['ap-northeast-3', 0.0000043068, 0.0000100492],
])(
  'provisioned concurrency on arm64 in %s costs what the price list says',
  (region, held, used) => {
    expect(provisionedRatesOf(region, 'arm64')).toEqual({
      heldUsdPerGbSecond: held,
      usdPerGbSecond: used,
    });
  },
);

test('a region without a source for its rates has none', () => {
  expect(provisionedRatesOf('eu-west-1', 'arm64')).toBeNull();
  expect(provisionedRatesOf('eusc-de-east-1', 'x86_64')).toBeNull();
  expect(provisionedRatesOf('toString', 'x86_64')).toBeNull();
});
