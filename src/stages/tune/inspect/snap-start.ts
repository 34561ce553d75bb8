import { versionsNeeded, versionsOfRound } from '../../../core/measure/schedule.ts';
import type { WarningFacts } from '../../../contract/shared/warnings/warning.ts';
import type { Round } from '../../../contract/tune/state.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/**
 * SnapStart's cache is billed for each published version, for 3 hours at least, except for Java
 * (us-east-1's price, aws.amazon.com/lambda/pricing, 2026-09).
 */
const USD_PER_GB_SECOND = 0.000_001_504_6;
const LEAST_SECONDS = 3 * 3600;

/** Tells what the snapshots of a round's versions cost at least, in USD; 0 where SnapStart is off or free. */
export function snapStartUsd(target: Target, round: Round, concurrency: number): number {
  if (!target.snapStart || (target.runtime ?? '').startsWith('java')) return 0;
  const memoryGb = round.sizes.reduce(
    (sum, { memoryMb, cold }) => sum + (memoryMb / 1024) * versionsNeeded(cold, concurrency),
    0,
  );
  return memoryGb * LEAST_SECONDS * USD_PER_GB_SECOND;
}

/**
 * Says what the snapshots will cost before the first one is made.
 *
 * @throws {PowerdialError} InvalidInput when that alone passes maxUsd
 */
export function priceSnapStart(
  target: Target,
  round: Round,
  input: SettledInput,
): readonly WarningFacts[] {
  const usd = snapStartUsd(target, round, input.concurrency);
  const versions = versionsOfRound(round.sizes, input.concurrency);
  if (usd === 0) return [];
  if (usd > input.maxUsd) {
    throw toRefusal({
      code: 'snapshots-beyond-budget',
      versions,
      leastUsd: usd,
      maxUsd: input.maxUsd,
    });
  }
  return [{ code: 'snap-start-price', versions, leastUsd: usd }];
}
