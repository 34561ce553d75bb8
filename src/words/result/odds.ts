import type { Result } from '../../contract/tune/result.ts';
import { memoryText } from '../format/memory.ts';
import { isShown } from '../format/missing.ts';
import { amountText, currencyOf } from '../format/money.ts';
import { probabilityText } from '../format/percent.ts';
import { fixedText } from '../format/rounding.ts';

/** Tells the odds of the recommended size and of the one that comes next; `null` where none are known. */
export function oddsText(result: Result): string | null {
  const { withinTolerance, runnerUp } = result.confidence;
  if (!isShown(withinTolerance)) return null;
  const own = `${probabilityText(withinTolerance)} sure of ${memoryText(result.recommendation.memoryMb)}`;
  return runnerUp === undefined || runnerUp === null
    ? own
    : `${own}; runner-up ${memoryText(runnerUp.memoryMb)} with ${probabilityText(runnerUp.probability)}`;
}

/** Tells what a month costs at the recommended size, and what it costs now; `null` without a known traffic. */
export function monthText(result: Result): string | null {
  const { monthly, recommendation, current } = result;
  if (monthly === undefined || monthly === null || !isShown(monthly.usd)) return null;
  const currency = currencyOf(result.target.region);
  const calls = `${fixedText(monthly.invocations, 0)} invocations a month`;
  const next = `${amountText(monthly.usd, currency)} at ${memoryText(recommendation.memoryMb)}`;
  const isSame = current.memoryMb === recommendation.memoryMb;
  return isShown(monthly.presentUsd) && !isSame
    ? `${calls}: ${next}, ${amountText(monthly.presentUsd, currency)} now`
    : `${calls}: ${next}`;
}
