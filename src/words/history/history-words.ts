import type { HistoryRisk, FunctionHistory } from '../../contract/history/history.ts';
import { amountText } from '../format/money.ts';
import { percentText } from '../format/percent.ts';

/** A risk in a few words, for a table or a list. */
export const RISK_WORDS: Readonly<Record<HistoryRisk, string>> = {
  'out-of-memory': 'ran out of memory',
  timeouts: 'timed out',
  'timeout-too-tight': 'the timeout will cut calls off',
  'memory-nearly-full': 'memory is nearly full',
};

/** Tells what less memory could save at most, and what history cannot say about it. */
export function ceilingSentence({ ceiling, presentMb, currency }: FunctionHistory): string {
  if (ceiling === null || presentMb === null) {
    return 'How much memory was used is not known, so nothing can be said about less of it.';
  }
  if (ceiling.fraction <= 0) return 'The memory in use permits no smaller size.';
  const money =
    ceiling.usdPerMonth === null ? '' : `, ${amountText(ceiling.usdPerMonth, currency)} a month`;
  return `The memory in use permits ${ceiling.memoryMb} MB: a saving of at most ${percentText(ceiling.fraction)}${money}, if less memory cost no speed. History cannot tell how fast it is at another size.`;
}

/** Tells what to do next, as a command. */
export function nextStep(name: string, history: FunctionHistory): string {
  if (history.risks.includes('out-of-memory') || history.risks.includes('memory-nearly-full')) {
    return `It needs more memory; to find how much: powerdial tune ${name} --payload <file>`;
  }
  return `To measure what another size does: powerdial tune ${name} --payload <file>`;
}

export function timeoutSentence({ timeout }: FunctionHistory): string {
  const { presentSeconds, recommendedSeconds, basis } = timeout;
  const present = presentSeconds === null ? 'not known' : `${presentSeconds} s`;
  if (basis === 'insufficient' || recommendedSeconds === null) {
    const keep = recommendedSeconds === null ? '' : ` At least ${recommendedSeconds} s are needed.`;
    return `Timeout: ${present}. The tail is not known well enough for a lower one.${keep}`;
  }
  const waits = timeout.limits
    .filter(({ maxSeconds }) => maxSeconds !== null && maxSeconds < recommendedSeconds)
    .map(({ source, maxSeconds }) => `${source} waits ${maxSeconds ?? 0} s only`);
  const tail = waits.length === 0 ? '' : ` But ${waits.join(', and ')}.`;
  const from = basis === 'observations' ? 'the invocations themselves' : 'a fitted tail';
  return `Timeout: ${present}; ${recommendedSeconds} s by ${from}.${tail}`;
}
