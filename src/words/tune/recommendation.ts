import type { OfTraffic, RecommendationFacts } from '../../core/recommend/recommendation-facts.ts';
import type { TradedAway } from '../../core/recommend/traded-away.ts';
import type { Unsure } from '../../contract/tune/confidence.ts';
import type { Interval } from '../../contract/tune/interval.ts';
import { durationText, secondsText } from '../format/duration.ts';
import { memoryText } from '../format/memory.ts';
import { amountText, costPerMillionText } from '../format/money.ts';
import { percentText } from '../format/percent.ts';
import { ratioText } from '../format/ratio.ts';
import { fixedText } from '../format/rounding.ts';
import { withOrdinarySpaces } from '../spaces.ts';

/**
 * Says a recommendation as a person would: what to set, what it brings, what it costs in exchange.
 *
 * @example 'Set the memory to 1024 MB (now 512 MB): 2.0 times as fast (200 ms → 100 ms) at the same cost
 * (1.87 → 1.87 USD per million invocations).'
 */
export function recommendationText(facts: RecommendationFacts): string {
  const sentences = [memorySentence(facts), monthlySentence(facts), timeoutSentence(facts)];
  return withOrdinarySpaces(sentences.filter((sentence) => sentence !== '').join(' '));
}

function memorySentence(facts: RecommendationFacts): string {
  const { verdict, unsure, chosen, present, memoryMb, presentMemoryMb, currency } = facts;
  const size = memoryText(memoryMb);
  const figures = `${durationText(chosen.durationMs)} on average, ${costPerMillionText(chosen.costPerMillion)} ${currency} per million invocations`;
  if (verdict === 'keep') {
    return facts.tradedAway === null
      ? `Keep ${size} (${figures}): no other size measured is better by more than the noise or by enough to matter.`
      : `Keep ${size} (${figures}): no other size measured is better within the tolerance. ${tradedAwayText(facts.tradedAway)}`;
  }
  const guess = memoryMb === presentMemoryMb ? `the present ${size}` : size;
  const trade = present === null ? figures : tradeText(facts, present);
  if (unsure?.what === 'present-size') {
    return `No clear gain: ${guess} is the best guess (${trade}), but the present ${memoryText(presentMemoryMb)} may be as good; ${moreText(facts)}`;
  }
  const other = unsure === null ? undefined : OTHER_THAN_WANTED[unsure.what];
  if (other !== undefined)
    return `No verdict, because ${other}: the best guess is ${guess} (${trade}).`;
  return verdict === 'inconclusive'
    ? `Too close to call: the best guess is ${guess} (${trade}); ${moreText(facts)}`
    : `Set the memory to ${size} (now ${memoryText(presentMemoryMb)}): ${trade}.`;
}

/** "512 MB is 3.9 times as fast for 5.0 % more: a tolerance of 8 % (…) would take it." */
function tradedAwayText({ memoryMb, speedup, extraCostFraction, tolerance }: TradedAway): string {
  const percent = fixedText(tolerance * 100, 0);
  return `${memoryText(memoryMb)} is ${ratioText(speedup)} times as fast for ${percentText(extraCostFraction)} more: a tolerance of ${percent} % would take it (--tolerance ${percent}%; goal.tolerance in an input).`;
}

/** Why figures decide nothing, however sure they are. */
const OTHER_THAN_WANTED: Partial<Record<Unsure['what'], string>> = {
  repeats: 'the function answers repeated payloads far faster than the first one',
  payloads: 'not every payload was measured at every size',
  interrupted: 'the run was interrupted',
  price: 'what the function pays for its provisioned concurrency is not in the costs',
  traffic:
    'the payload is not what your real calls are like, and for those another size may be the one to choose',
};

function moreText({ more, currency }: RecommendationFacts): string {
  return more === null
    ? 'more invocations may tell.'
    : `about ${fixedText(more.invocations, 0)} more invocations (${amountText(more.usd, currency)}) would tell.`;
}

/** "1.9 times as fast (182 ms → 96.0 ms) and 4.1 % more expensive (1.72 → 1.79 USD per million invocations)". */
function tradeText(
  { chosen, currency, savingsFraction, speedup }: RecommendationFacts,
  present: RecommendationFacts['chosen'],
): string {
  const [was, is] = [present.durationMs, chosen.durationMs];
  const [cost, nextCost] = [present.costPerMillion, chosen.costPerMillion];
  const costIsOpen = !isSame(nextCost / cost) && isOpen(savingsFraction, 0);
  const speedIsOpen = !isSame(is / was) && isOpen(speedup, 1);
  const speed = `${speedIsOpen ? 'no clear difference in speed' : speedText(was / is)} (${durationText(was)} → ${durationText(is)})`;
  const price = `${costIsOpen ? 'no clear difference in cost' : priceText(1 - nextCost / cost)} (${costPerMillionText(cost)} → ${costPerMillionText(nextCost)} ${currency} per million invocations)`;
  if (isSame(nextCost / cost)) return `${speed} at ${price}`;
  if (isSame(is / was)) return `${price} and ${speed}`;
  if (costIsOpen || speedIsOpen) return `${speed} and ${price}`;
  const [faster, cheaper] = [is < was, nextCost < cost];
  if (faster === cheaper) return `${speed} and ${price}`;
  return faster ? `${speed}, but ${price}` : `${price}, but ${speed}`;
}

/** Tells whether an interval includes no difference: the sentence then calls nothing a difference. */
function isOpen(interval: Interval | null, none: number): boolean {
  return interval !== null && interval.low <= none && none <= interval.high;
}

/** Half a per cent either way is not worth a word. */
function isSame(ratio: number): boolean {
  return Math.abs(ratio - 1) < 0.005;
}

function speedText(speedup: number): string {
  if (isSame(1 / speedup)) return 'as fast';
  if (speedup >= 1.1) return `${ratioText(speedup)} times as fast`;
  if (speedup > 1) return `${percentText(1 - 1 / speedup)} faster`;
  return speedup <= 1 / 1.1
    ? `${ratioText(1 / speedup)} times as slow`
    : `${percentText(1 / speedup - 1)} slower`;
}

function priceText(savings: number): string {
  if (isSame(1 - savings)) return 'the same cost';
  return savings > 0
    ? `${percentText(savings)} cheaper`
    : `${percentText(-savings)} more expensive`;
}

function monthlySentence(facts: RecommendationFacts): string {
  const { verdict, chosen, present, invocationsPerMonth, currency, traffic } = facts;
  if (traffic !== null) return verdict === 'change' ? trafficSentence(traffic, currency) : '';
  if (invocationsPerMonth === null || verdict !== 'change' || present === null) return '';
  const saved = ((present.costPerMillion - chosen.costPerMillion) / 1e6) * invocationsPerMonth;
  const amount = `${amountText(Math.abs(saved), currency)} a month`;
  const change = saved >= 0 ? `saves ${amount}` : `costs ${amount} more`;
  return `At ${fixedText(invocationsPerMonth, 0)} invocations a month that ${change}, free tier and volume prices left out.`;
}

/** Of the real calls; nothing where they are not like what was measured. */
function trafficSentence(
  { invocationsPerMonth, savingUsdPerMonth: saving }: OfTraffic,
  currency: RecommendationFacts['currency'],
): string {
  if (saving === null) return '';
  const calls = `On your traffic of ${fixedText(invocationsPerMonth, 0)} calls a month`;
  const { estimate, low, high } = saving;
  const text = (usd: number): string => amountText(usd, currency);
  if (low <= 0 && high >= 0) {
    return `${calls} there is no clear difference in cost (between ${text(-low)} more and ${text(high)} less).`;
  }
  const [change, least, most] =
    estimate > 0
      ? [`saves ${text(estimate)} a month`, low, high]
      : [`costs ${text(-estimate)} more a month`, -high, -low];
  return `${calls} that ${change} (${text(least)} to ${text(most)}), free tier and volume prices left out.`;
}

function timeoutSentence({ timeoutSeconds, presentTimeoutSeconds }: RecommendationFacts): string {
  if (timeoutSeconds === null || timeoutSeconds === presentTimeoutSeconds) return '';
  return `Set the timeout to ${secondsText(timeoutSeconds)} (now ${secondsText(presentTimeoutSeconds)}).`;
}
