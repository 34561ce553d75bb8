import type { Retrier } from './definition.ts';
import { matchesError } from './error-matching.ts';

/** An execution lives at most a year, so no wait needs to be longer. */
const LONGEST_DELAY_SECONDS = 366 * 86_400;

/**
 * Returns the wait before the next retry: the interval, multiplied by the backoff rate for every retry that
 * this retrier has made before, at most `maxDelaySeconds`; with full jitter a random part of that.
 */
export function retryDelayMs(
  retrier: Retrier,
  retriesBefore: number,
  random: () => number,
): number {
  const growing = retrier.intervalSeconds * retrier.backoffRate ** retriesBefore;
  const delayMs = Math.min(growing, retrier.maxDelaySeconds, LONGEST_DELAY_SECONDS) * 1000;
  return retrier.jitter === 'FULL' ? random() * delayMs : delayMs;
}

/** Counts the retries of one visit to a state, each retrier on its own. A new visit starts anew. */
export class RetryCounts {
  readonly #retriers: readonly Retrier[];
  readonly #counts = new Map<Retrier, number>();

  constructor(retriers: readonly Retrier[]) {
    this.#retriers = retriers;
  }

  /**
   * The wait before the state is tried again, or `null` when it is not: no retrier is meant for the
   * error, or the first one that is has used up its attempts.
   */
  nextDelayMs(error: string | undefined, random: () => number): number | null {
    const retrier = this.#retriers.find(({ errorEquals }) => matchesError(errorEquals, error));
    if (retrier === undefined) return null;
    const retriesBefore = this.#counts.get(retrier) ?? 0;
    if (retriesBefore >= retrier.maxAttempts) return null;
    this.#counts.set(retrier, retriesBefore + 1);
    return retryDelayMs(retrier, retriesBefore, random);
  }
}
