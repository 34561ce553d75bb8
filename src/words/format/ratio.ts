import { MISSING, isShown } from './missing.ts';
import { fixedText } from './rounding.ts';

/** Tells how many times: two significant digits, one more near 1, where they tell faster from slower. */
export function ratioText(ratio: number): string {
  if (!isShown(ratio)) return MISSING;
  if (ratio > 0.9 && ratio < 1.1) return fixedText(ratio, 2);
  if (ratio >= 10) return fixedText(ratio, 0);
  return fixedText(ratio, ratio >= 1 ? 1 : 2);
}
