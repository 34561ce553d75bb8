import { type EstimateText, type MeasuredNumber, estimateText } from './interval.ts';
import { MISSING, isShown } from './missing.ts';
import { decimalsFor, fixedText } from './rounding.ts';

/** Lambda itself reports hundredths of a millisecond. */
const MAX_DECIMALS_MS = 2;
const MAX_DECIMALS_S = 3;

function toUnit(ms: number): { value: number; factor: number; unit: string; decimals: number } {
  return Math.abs(ms) >= 1000
    ? { value: ms / 1000, factor: 1000, unit: 's', decimals: MAX_DECIMALS_S }
    : { value: ms, factor: 1, unit: 'ms', decimals: MAX_DECIMALS_MS };
}

/** Milliseconds below a second, seconds above: `12.3 ms`, `1.24 s`. */
export function durationText(ms: number | null): string {
  if (!isShown(ms)) return MISSING;
  const { value, unit, decimals } = toUnit(ms);
  return `${fixedText(value, decimalsFor(value, null, decimals))}\u00a0${unit}`;
}

/** `1.20 s` and `±0.03`: rounded by what is known, both in the unit of the estimate. */
export function durationEstimate(measured: MeasuredNumber): EstimateText {
  const { factor, unit, decimals } = toUnit(isShown(measured.mean) ? measured.mean : 0);
  const text = estimateText(measured, decimals, factor);
  return isShown(measured.mean) ? { ...text, estimate: `${text.estimate}\u00a0${unit}` } : text;
}

/** Whole seconds, as timeouts are set. */
export function secondsText(seconds: number | null): string {
  return isShown(seconds) ? `${fixedText(seconds, 0)}\u00a0s` : MISSING;
}

/** Time spent by people: `14 s`, `3 min 20 s`, `1 h 5 min`. */
export function elapsedText(seconds: number): string {
  if (!isShown(seconds)) return MISSING;
  if (seconds < 10) return `${fixedText(Math.max(seconds, 0), 1).replace(/\.0$/, '')}\u00a0s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}\u00a0s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}\u00a0min ${whole % 60}\u00a0s`;
  return `${fixedText(Math.floor(minutes / 60), 0)}\u00a0h ${minutes % 60}\u00a0min`;
}
