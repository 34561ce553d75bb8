/** Tells how much is scanned, and what that costs. */
export function costWords(bytes: number, usd: number | null): string {
  const size = bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(2)} MB`;
  if (usd === null) return `${size} (its price in this region is not known here)`;
  return usd < 0.01 ? `${size}, under 0.01 USD` : `${size}, ${usd.toFixed(2)} USD`;
}

export function tooExpensive(
  {
    bytes,
    usd,
    fittingDays,
  }: { readonly bytes: number; readonly usd: number | null; readonly fittingDays: number },
  maxUsd: number,
): string {
  const assumed = usd === null ? ' (taken at 0.01 USD a GB)' : '';
  return `--max-usd: wanted at most ${maxUsd} USD, the query would scan ${costWords(bytes, usd)}${assumed}; what fits is --since ${fittingDays}d, or fewer functions`;
}
