import { MISSING, isShown } from './missing.ts';
import { fixedText } from './rounding.ts';

/** Decimals that keep a percentage apart from 100 as far as 99.999. */
function decimalsOf(percent: number): number {
  const size = Math.abs(percent);
  if (size > 99 && size < 100) return size >= 99.99 ? 3 : size >= 99.9 ? 2 : 1;
  return size < 10 ? 1 : 0;
}

/** Returns the number of a percentage without its sign, as in `15 to 27 %`. */
export function percentNumber(fraction: number): string {
  const percent = fraction * 100;
  const text = fixedText(percent, decimalsOf(percent));
  return text.includes('e') ? text : text.replace(/\.0*$|(\.\d*[1-9])0+$/, '$1');
}

/** A fraction as people say it: 0.21 is `21 %`, 0.034 `3.4 %`, 0.9995 `99.95 %`. */
export function percentText(fraction: number | null): string {
  return isShown(fraction) ? `${percentNumber(fraction)}\u00a0%` : MISSING;
}

/** Returns a probability that was estimated: never certain, never impossible. */
export function probabilityText(probability: number): string {
  if (probability > 0.999) return 'over 99.9\u00a0%';
  if (probability < 0.001) return 'under 0.1\u00a0%';
  return percentText(probability);
}
