import type { Architecture } from '../../contract/shared/function-configuration.ts';

/** The prices of one region in its currency; `null` where no source was found. */
export interface RegionPrices {
  readonly currency: 'USD' | 'CNY';
  /** A GB-second of duration, first tier. AWS's GB of 1024 MB. */
  readonly perGbSecond: Readonly<Record<Architecture, number>>;
  readonly perRequest: number;
  /** A GB-second of ephemeral storage above the free 512 MB, the same for both architectures. */
  readonly ephemeralPerGbSecond: number | null;
  /** A state transition of a Standard workflow of Step Functions. */
  readonly perStateTransition: number;
}

/** When the table was collected; its newest source is the Price List publication of 2026-09-19. */
export const PRICES_AS_OF = '2026-11-21';

/**
 * List prices on demand. Sources: AWS Price List (offer publication 2026-09-19) and the price table of
 * @remotion/lambda-client 4.0.527 with AWS's rate codes, cross-checked with three other published
 * tables; Step Functions from aws-lambda-power-tuning 4.4.0. Five regions have no row, because no source
 * for their prices was found: ap-east-2, ap-southeast-6, ap-southeast-7, eusc-de-east-1, mx-central-1.
 *
 * Where a row says so, the arm64 price is not from a source but 0.8 of the x86_64 price, as it is to
 * within 0.2 % in every region with both. In China the source rounds x86_64 to four digits.
 */
export const PRICE_TABLE: Readonly<Record<string, RegionPrices>> = {
  'af-south-1': usd(2.21e-5, 1.768e-5, 2.7e-7, 4.04e-8, 2.975e-5),
  'ap-east-1': usd(2.292e-5, 1.83e-5, 2.8e-7, 4.07e-8, 2.75e-5),
  'ap-northeast-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.7e-8, 2.5e-5),
  'ap-northeast-2': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.52e-8, 2.71e-5),
  'ap-northeast-3': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.7e-8, 2.5e-5),
  'ap-south-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.52e-8, 2.85e-5),
  'ap-south-2': usd(1.66667e-5, 1.33334e-5, 2e-7, null, 2.5e-5), // arm64: 0.8 of x86_64
  'ap-southeast-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.7e-8, 2.5e-5),
  'ap-southeast-2': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.7e-8, 2.5e-5),
  'ap-southeast-3': usd(1.66667e-5, 1.33334e-5, 2e-7, null, 2.5e-5),
  'ap-southeast-4': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.7e-8, 2.5e-5),
  'ap-southeast-5': usd(1.5e-5, 1.2e-5, 1.8e-7, 3.33e-8, 2.5e-5),
  'ca-central-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.4e-8, 2.5e-5),
  'ca-west-1': usd(1.66667e-5, 1.33334e-5, 2e-7, null, 2.5e-5), // arm64: 0.8 of x86_64
  'cn-north-1': cny(11.36e-5, 9.08e-5, 13.6e-7, 23.03e-8, 18.91e-5),
  'cn-northwest-1': cny(11.36e-5, 9.08e-5, 13.6e-7, 20.49e-8, 18.91e-5),
  'eu-central-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.67e-8, 2.5e-5),
  'eu-central-2': usd(1.83334e-5, 1.46667e-5, 2.2e-7, 4.41e-8, 2.5e-5),
  'eu-north-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.23e-8, 2.5e-5),
  'eu-south-1': usd(1.95172e-5, 1.56138e-5, 2.3e-7, 3.57e-8, 2.625e-5),
  'eu-south-2': usd(1.66667e-5, 1.33334e-5, 2e-7, null, 2.5e-5), // arm64: 0.8 of x86_64
  'eu-west-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.4e-8, 2.5e-5),
  'eu-west-2': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.58e-8, 2.5e-5),
  'eu-west-3': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.58e-8, 2.97e-5),
  'il-central-1': usd(1.75e-5, 1.4e-5, 2.1e-7, null, 2.5e-5), // arm64: 0.8 of x86_64
  'me-central-1': usd(2.06667e-5, 1.65334e-5, 2.5e-7, null, 2.5e-5),
  'me-south-1': usd(2.06667e-5, 1.65334e-5, 2.5e-7, 3.74e-8, 2.75e-5),
  'sa-east-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 5.86e-8, 3.75e-5),
  'us-east-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.09e-8, 2.5e-5),
  'us-east-2': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.09e-8, 2.5e-5),
  'us-gov-east-1': usd(1.66667e-5, 1.33334e-5, 2e-7, null, 3e-5), // arm64: 0.8 of x86_64
  'us-gov-west-1': usd(1.66667e-5, 1.33334e-5, 2e-7, null, 3e-5), // arm64: 0.8 of x86_64
  'us-west-1': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.7e-8, 2.79e-5),
  'us-west-2': usd(1.66667e-5, 1.33334e-5, 2e-7, 3.09e-8, 2.5e-5),
};

function usd(...columns: Columns): RegionPrices {
  return region('USD', columns);
}

function cny(...columns: Columns): RegionPrices {
  return region('CNY', columns);
}

type Columns = readonly [
  x86GbSecond: number,
  armGbSecond: number,
  request: number,
  ephemeralGbSecond: number | null,
  stateTransition: number,
];

function region(
  currency: RegionPrices['currency'],
  [x86GbSecond, armGbSecond, request, ephemeralGbSecond, stateTransition]: Columns,
): RegionPrices {
  return {
    currency,
    perGbSecond: { x86_64: x86GbSecond, arm64: armGbSecond },
    perRequest: request,
    ephemeralPerGbSecond: ephemeralGbSecond,
    perStateTransition: stateTransition,
  };
}
