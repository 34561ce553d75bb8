import type { Architecture } from '../../contract/shared/function-configuration.ts';

/** What provisioned concurrency costs, in US dollars for each of AWS's GB of 1024 MB. */
export interface ProvisionedRates {
  /** For a second in which an environment is kept ready, whether it serves anybody or not. */
  readonly heldUsdPerGbSecond: number;
  /** For a second of duration that such an environment serves, in place of the rate on demand. */
  readonly usdPerGbSecond: number;
}

/**
 * Returns the rates of a region; `null` where no source for them was found, as for arm64 in most of them. Sources:
 * AWS Price List (offer AWSLambda, publications 2026-09-19 and, for arm64 outside of us-east-1, 2026-10-01) and
 * the price table of @remotion/lambda-client 4.0.527 with AWS's rate codes. In these six regions arm64 costs
 * 0.8 of x86_64; that it does so elsewhere is not known (on demand it does not in ap-east-1).
 */
export function provisionedRatesOf(
  region: string,
  architecture: Architecture,
): ProvisionedRates | null {
  const known = Object.hasOwn(RATES, region) ? RATES[region] : undefined;
  return known?.[architecture] ?? null;
}

const RATES: Readonly<Record<string, Partial<Record<Architecture, ProvisionedRates>>>> = {
  'af-south-1': { x86_64: rates(5.53e-6, 1.29e-5) },
  'ap-east-1': { x86_64: rates(5.7153e-6, 1.33358e-5) },
  'ap-northeast-1': { x86_64: rates(5.3835e-6, 1.25615e-5), arm64: rates(4.3068e-6, 1.00492e-5) },
  'ap-northeast-2': { x86_64: rates(5.1254e-6, 1.19592e-5) },
  'ap-northeast-3': { x86_64: rates(5.3835e-6, 1.25615e-5), arm64: rates(4.3068e-6, 1.00492e-5) },
  'ap-south-1': { x86_64: rates(4.4985e-6, 1.04966e-5) },
  'ap-southeast-1': { x86_64: rates(5.1991e-6, 1.21313e-5) },
  'ap-southeast-2': { x86_64: rates(5.236e-6, 1.22173e-5) },
  'ap-southeast-4': { x86_64: rates(5.236e-6, 1.22173e-5) },
  'ap-southeast-5': { x86_64: rates(4.6791e-6, 1.09181e-5) },
  'ca-central-1': { x86_64: rates(4.646e-6, 1.08407e-5) },
  'eu-central-1': { x86_64: rates(5.0147e-6, 1.17011e-5) },
  'eu-central-2': { x86_64: rates(5.5162e-6, 1.28712e-5) },
  'eu-north-1': { x86_64: rates(4.4248e-6, 1.03245e-5) },
  'eu-south-1': { x86_64: rates(4.8783e-6, 1.13827e-5) },
  'eu-west-1': { x86_64: rates(4.646e-6, 1.08407e-5) },
  'eu-west-2': { x86_64: rates(4.8304e-6, 1.12709e-5) },
  'eu-west-3': { x86_64: rates(4.8673e-6, 1.13569e-5) },
  'me-central-1': { x86_64: rates(5.1108e-6, 1.19251e-5) },
  'me-south-1': { x86_64: rates(5.1108e-6, 1.19251e-5) },
  'sa-east-1': { x86_64: rates(6.6372e-6, 1.54867e-5) },
  'us-east-1': { x86_64: rates(4.1667e-6, 9.7222e-6), arm64: rates(3.3334e-6, 7.7778e-6) },
  'us-east-2': { x86_64: rates(4.1667e-6, 9.7222e-6), arm64: rates(3.3334e-6, 7.7778e-6) },
  'us-west-1': { x86_64: rates(4.9041e-6, 1.1443e-5), arm64: rates(3.9233e-6, 9.1544e-6) },
  'us-west-2': { x86_64: rates(4.1667e-6, 9.7222e-6), arm64: rates(3.3334e-6, 7.7778e-6) },
};

function rates(heldUsdPerGbSecond: number, usdPerGbSecond: number): ProvisionedRates {
  return { heldUsdPerGbSecond, usdPerGbSecond };
}
