import type { SideFacts } from '../../contract/check/check.ts';
import { pricesOf } from '../cost/prices.ts';
import { tariffOf, type Tariff } from '../cost/tariff.ts';

/** Returns at which prices the traffic of a side runs. */
export function tariffOfSide({
  key: { region, architecture },
  ephemeralStorageMb,
  provisioned = null,
  invocationsPerMonth,
}: SideFacts): Tariff {
  const prices = pricesOf(region, architecture, ephemeralStorageMb);
  return tariffOf(prices, { region, architecture, provisioned }, invocationsPerMonth);
}
