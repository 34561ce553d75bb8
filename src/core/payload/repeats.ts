import type { Observation } from '../../contract/shared/observation.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';

/** A trial so many times as long as everything after it is not explained by noise. */
const TIMES = 3;
/** A shorter difference is what compiling the handler for its first run takes. */
const LEAST_DIFFERENCE_MS = 10;

/** A first invocation that took far longer than every later one with the same payload. */
export interface FasterRepeats {
  readonly memoryMb: number;
  /** Size of the later ones: that of the trial, or where it was not measured the next smaller one. */
  readonly laterMemoryMb: number;
  readonly trialMs: number;
  readonly longestLaterMs: number;
  readonly later: number;
}

/**
 * Tells whether everything after the trial was far faster than it: then the function may know what it has
 * seen (an id that it skips, a cache), and its short way was measured. Init is in no duration, and the later
 * ones hold first runs on new environments too, which set up their clients as the trial had to.
 *
 * @returns `null` where nothing of the kind is to be seen
 */
export function fasterRepeats(
  trial: Observation | null,
  observations: readonly Observation[],
): FasterRepeats | null {
  if (trial === null || trial.outcome !== 'ok' || trial.durationMs === null) return null;
  const same = observations.filter(
    ({ outcome, payload, durationMs }) =>
      outcome === 'ok' && payload === trial.payload && durationMs !== null,
  );
  // Smaller sizes are no faster, so that what is faster there says it all the more.
  const sizes = same.map(({ memoryMb }) => memoryMb).filter((size) => size <= trial.memoryMb);
  const laterMemoryMb = Math.max(...sizes, 0);
  const later = same.filter(({ memoryMb }) => memoryMb === laterMemoryMb);
  if (later.length === 0) return null;
  const longestLaterMs = Math.max(...later.map(({ durationMs }) => durationMs ?? 0));
  const trialMs = trial.durationMs;
  const isFaster =
    trialMs >= TIMES * longestLaterMs && trialMs - longestLaterMs >= LEAST_DIFFERENCE_MS;
  return isFaster
    ? { memoryMb: trial.memoryMb, laterMemoryMb, trialMs, longestLaterMs, later: later.length }
    : null;
}

/**
 * Warns that every invocation after the trial was far faster than the trial.
 *
 * @param side in a check: whose trial it was
 */
export function repeatsWarnings(
  found: FasterRepeats | null,
  { varyPayload, allowRepeats }: { readonly varyPayload: boolean; readonly allowRepeats: boolean },
  side: 'base' | 'head' | null = null,
): readonly WarningFacts[] {
  if (found === null) return [];
  return [{ code: 'repeats-faster', side, ...found, varyPayload, allowRepeats }];
}
