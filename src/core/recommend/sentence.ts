import type { MoreMeasuring, TimeoutResult } from '../../contract/tune/result.ts';
import type { SettledInput } from '../../contract/tune/state.ts';
import type { Decision } from './decide.ts';
import { digits, millisecondsText, moneyText, percentText } from './figures.ts';
import type { SizeEstimate } from './size-estimate.ts';

/** What the sentence of a recommendation says. */
export interface Told {
  readonly decision: Decision;
  readonly chosen: SizeEstimate;
  /** The present size, where it was measured. */
  readonly present: SizeEstimate | null;
  readonly presentMemoryMb: number;
  readonly presentTimeoutSeconds: number;
  readonly timeout: TimeoutResult;
  readonly more: MoreMeasuring | null;
  readonly input: SettledInput;
  readonly currency: string;
}

/** The recommendation as a person would say it: what to set, what it brings, what it costs in exchange. */
export function recommendationSentence(told: Told): string {
  return [memorySentence(told), monthlySentence(told), timeoutSentence(told)]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function memorySentence(told: Told): string {
  const { decision, chosen, present, presentMemoryMb, currency } = told;
  const figures = `${millisecondsText(chosen.belief.durationMs)} on average, ${moneyText(chosen.belief.costUsd * 1e6, currency)} per million invocations`;
  if (decision.verdict === 'keep') {
    return `Keep ${chosen.memoryMb} MB (${figures}): no other size measured is better by more than the noise or by enough to matter.`;
  }
  const guess =
    decision.memoryMb === presentMemoryMb
      ? `the present ${chosen.memoryMb} MB`
      : `${chosen.memoryMb} MB`;
  const trade = present === null || present === chosen ? figures : tradeText(told, present);
  return decision.verdict === 'inconclusive'
    ? `Too close to call: the best guess is ${guess} (${trade}); ${moreText(told)}`
    : `Set the memory to ${chosen.memoryMb} MB (now ${presentMemoryMb} MB): ${trade}.`;
}

function moreText({ more, currency }: Told): string {
  return more === null
    ? 'more invocations may tell.'
    : `about ${more.invocations.toLocaleString('en-US')} more invocations (${moneyText(more.usd, currency)}) would tell.`;
}

/** "1.9 times as fast (182 ms → 96.0 ms) and 4.1 % dearer (1.72 → 1.79 USD per million invocations)". */
function tradeText({ chosen, currency }: Told, present: SizeEstimate): string {
  const [was, is] = [present.belief.durationMs, chosen.belief.durationMs];
  const [cost, nextCost] = [present.belief.costUsd, chosen.belief.costUsd];
  const speed = `${speedText(was / is)} (${millisecondsText(was)} → ${millisecondsText(is)})`;
  const price = `${priceText(1 - nextCost / cost)} (${digits(cost * 1e6)} → ${moneyText(nextCost * 1e6, currency)} per million invocations)`;
  if (isSame(nextCost / cost)) return `${speed} at ${price}`;
  if (isSame(is / was)) return `${price} and ${speed}`;
  const [faster, cheaper] = [is < was, nextCost < cost];
  if (faster === cheaper) return `${speed} and ${price}`;
  return faster ? `${speed}, but ${price}` : `${price}, but ${speed}`;
}

/** Half a per cent either way is not worth a word. */
function isSame(ratio: number): boolean {
  return Math.abs(ratio - 1) < 0.005;
}

function speedText(speedup: number): string {
  if (isSame(1 / speedup)) return 'as fast';
  if (speedup >= 1.1) return `${digits(speedup)} times as fast`;
  if (speedup > 1) return `${percentText(1 - 1 / speedup)} faster`;
  return speedup <= 1 / 1.1
    ? `${digits(1 / speedup)} times as slow`
    : `${percentText(1 / speedup - 1)} slower`;
}

function priceText(savings: number): string {
  if (isSame(1 - savings)) return 'the same cost';
  return savings > 0 ? `${percentText(savings)} cheaper` : `${percentText(savings)} dearer`;
}

function monthlySentence({ decision, chosen, present, input, currency }: Told): string {
  const { invocationsPerMonth } = input;
  if (invocationsPerMonth === undefined || decision.verdict !== 'change' || present === null)
    return '';
  const savedUsd = (present.belief.costUsd - chosen.belief.costUsd) * invocationsPerMonth;
  const amount = `${moneyText(Math.abs(savedUsd), currency)} a month`;
  const change = savedUsd >= 0 ? `saves ${amount}` : `costs ${amount} more`;
  return `At ${invocationsPerMonth.toLocaleString('en-US')} invocations a month that ${change}, free tier and volume prices left out.`;
}

function timeoutSentence({ timeout, presentTimeoutSeconds }: Told): string {
  const { recommendedSeconds } = timeout;
  if (recommendedSeconds === null || recommendedSeconds === presentTimeoutSeconds) return '';
  return `Set the timeout to ${recommendedSeconds} s (now ${presentTimeoutSeconds} s).`;
}
