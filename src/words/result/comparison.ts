import type { Interval } from '../../contract/tune/interval.ts';
import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../format/memory.ts';
import { isShown } from '../format/missing.ts';
import { percentNumber, percentText } from '../format/percent.ts';
import { ratioText } from '../format/ratio.ts';

function isWhole(interval: Interval | null): interval is Interval {
  return (
    interval !== null &&
    isShown(interval.estimate) &&
    isShown(interval.low) &&
    isShown(interval.high)
  );
}

/** `21 % cheaper (15 to 27 %)`; `savings` is the fraction of the present cost that goes away. */
export function savingsText({ estimate, low, high }: Interval): string {
  if (low > 0) {
    return `${percentText(estimate)} cheaper (${percentNumber(low)} to ${percentText(high)})`;
  }
  if (high < 0) {
    return `${percentText(-estimate)} more expensive (${percentNumber(-high)} to ${percentText(-low)})`;
  }
  return `no clear difference in cost (${percentText(-low)} more expensive to ${percentText(high)} cheaper)`;
}

/** `1.8 times as fast (1.6 to 2.0)`; `speedup` is the present duration over the recommended one. */
export function speedupText({ estimate, low, high }: Interval): string {
  if (low > 1) {
    return `${ratioText(estimate)} times as fast (${ratioText(low)} to ${ratioText(high)})`;
  }
  if (low > 0 && high < 1) {
    const longer = `${ratioText(1 / estimate)} times as long`;
    return `takes ${longer} (${ratioText(1 / high)} to ${ratioText(1 / low)})`;
  }
  return `no clear difference in speed (${ratioText(low)} to ${ratioText(high)} times as fast)`;
}

/**
 * Returns the recommended size against the present one, `null` where that is the same or was not measured.
 */
export function comparisonText(result: Result): string | null {
  const { savingsFraction, speedup } = result.confidence;
  const { memoryMb } = result.current;
  if (memoryMb === null || memoryMb === result.recommendation.memoryMb) return null;
  const parts = [
    ...(isWhole(speedup) ? [speedupText(speedup)] : []),
    ...(isWhole(savingsFraction) ? [savingsText(savingsFraction)] : []),
  ];
  return parts.length === 0 ? null : `with ${memoryText(memoryMb)}: ${parts.join(', ')}`;
}
