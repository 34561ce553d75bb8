import type { Architecture } from '../../contract/shared/function-configuration.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { PRICES_AS_OF, PRICE_TABLE, type RegionPrices } from './price-table.ts';

/** Ephemeral storage that every function has at no charge, in AWS's MB. */
export const FREE_EPHEMERAL_STORAGE_MB = 512;

/**
 * What an invocation costs in one region on one architecture: list prices of the first tier, without
 * the free tier, savings plans or taxes. Which size is cheapest does not depend on the tier.
 * Fields say `usd` because nearly all regions bill in it; in China they hold `currency` CNY.
 */
export interface Prices {
  readonly usdPerGbSecond: number;
  readonly usdPerRequest: number;
  /** What each invocation costs for each GB of memory, whatever it takes: its share of what is kept ready for it. @default 0 */
  readonly usdPerGb?: number;
  /** Above {@link FREE_EPHEMERAL_STORAGE_MB}. */
  readonly ephemeralUsdPerGbSecond: number;
  /** Of a Standard workflow of Step Functions. */
  readonly usdPerStateTransition: number;
  readonly currency: 'USD' | 'CNY';
  /** Date of the price table. */
  readonly asOf: string;
  /** What is assumed about these prices and not known. */
  readonly warnings: readonly WarningFacts[];
}

/** The prices of 24 of the 34 regions in the table; ephemeral storage at its own commonest price. */
const COMMONEST: RegionPrices & { readonly ephemeralPerGbSecond: number } = {
  currency: 'USD',
  perGbSecond: { x86_64: 1.66667e-5, arm64: 1.33334e-5 },
  perRequest: 2e-7,
  ephemeralPerGbSecond: 3.7e-8,
  perStateTransition: 2.5e-5,
};

/** The European Sovereign Cloud, partition `aws-eusc`, has prices of its own, in euro; no source for them was found. */
function isBilledInEur(region: string): boolean {
  return region.startsWith('eusc-');
}

/**
 * The prices that hold for a target. Where the table has none, the commonest ones stand in and a
 * warning says so.
 *
 * @param ephemeralStorageMb of the target: an unknown price of storage matters only above the free part
 */
export function pricesOf(
  region: string,
  architecture: Architecture,
  ephemeralStorageMb = FREE_EPHEMERAL_STORAGE_MB,
): Prices {
  const known = Object.hasOwn(PRICE_TABLE, region) ? PRICE_TABLE[region] : undefined;
  const prices = known ?? COMMONEST;
  const warnings: WarningFacts[] = [];
  if (known === undefined) {
    warnings.push({
      code: 'unknown-region-price',
      region,
      architecture,
      pricesAsOf: PRICES_AS_OF,
      usdPerGbSecond: COMMONEST.perGbSecond[architecture],
      billedInEur: isBilledInEur(region),
    });
  } else if (
    known.ephemeralPerGbSecond === null &&
    ephemeralStorageMb > FREE_EPHEMERAL_STORAGE_MB
  ) {
    warnings.push({
      code: 'unknown-ephemeral-storage-price',
      region,
      pricesAsOf: PRICES_AS_OF,
      ephemeralStorageMb,
      freeMb: FREE_EPHEMERAL_STORAGE_MB,
      usdPerGbSecond: COMMONEST.ephemeralPerGbSecond,
    });
  }
  if (prices.currency === 'CNY') {
    warnings.push({ code: 'prices-in-cny', region });
  }
  return {
    usdPerGbSecond: prices.perGbSecond[architecture],
    usdPerRequest: prices.perRequest,
    ephemeralUsdPerGbSecond: prices.ephemeralPerGbSecond ?? COMMONEST.ephemeralPerGbSecond,
    usdPerStateTransition: prices.perStateTransition,
    currency: prices.currency,
    asOf: PRICES_AS_OF,
    warnings,
  };
}
