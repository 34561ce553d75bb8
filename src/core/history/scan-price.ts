/**
 * What Logs Insights takes for a GB that it scans ("Amazon CloudWatch pricing", 2026-11: 0.005 USD in
 * us-east-1; ap-northeast-1 by awsi.click, "Why CloudWatch Logs Costs More Than You Expect"). Other regions have
 * prices of their own, for which no source was found: there GB alone are told.
 */
const USD_PER_GB: Readonly<Record<string, number>> = {
  'us-east-1': 0.005,
  'ap-northeast-1': 0.0076,
};

/** For a limit in money where the price is not known: above the known ones. */
const ASSUMED_USD_PER_GB = 0.01;

const GB = 1e9;

/** `null` where the region's price is not known. */
export function scanUsd(bytes: number, region: string): number | null {
  const perGb = USD_PER_GB[region];
  return perGb === undefined ? null : (bytes / GB) * perGb;
}

/** How many bytes a limit in money allows. */
export function bytesWithin(maxUsd: number, region: string): number {
  return (maxUsd / (USD_PER_GB[region] ?? ASSUMED_USD_PER_GB)) * GB;
}
