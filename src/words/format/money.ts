import { pricesOf } from '../../core/cost/prices.ts';
import { type EstimateText, type MeasuredNumber, estimateText } from './interval.ts';
import { MISSING, isShown } from './missing.ts';
import { decimalsFor, fixedText } from './rounding.ts';

export type Currency = 'USD' | 'CNY';

/** Tells what amounts of a result are in, whatever their keys are called: China bills in CNY. */
export function currencyOf(region: string): Currency {
  // Both architectures of a region bill in the same currency.
  return pricesOf(region, 'x86_64').currency;
}

const MAX_DECIMALS = 3;

/** Below this an amount is of no interest to anybody: a ten-millionth of a dollar. */
const MAX_DECIMALS_OF_AMOUNT = 7;

/** Cost of a million invocations, without its unit: that stands in the heading. */
export function costPerMillionText(cost: number | null): string {
  return isShown(cost) ? fixedText(cost, decimalsFor(cost, null, MAX_DECIMALS)) : MISSING;
}

export function costPerMillionEstimate(measured: MeasuredNumber): EstimateText {
  return estimateText(measured, MAX_DECIMALS);
}

/** Returns an amount of money with its currency: cents from one cent up, two significant digits below. */
export function amountText(amount: number, currency: Currency): string {
  if (!isShown(amount)) return MISSING;
  const small = amount !== 0 && Math.abs(amount) < 0.1;
  const decimals = small
    ? Math.min(1 - Math.floor(Math.log10(Math.abs(amount))), MAX_DECIMALS_OF_AMOUNT)
    : 2;
  return `${fixedText(amount, decimals)}\u00a0${currency}`;
}
