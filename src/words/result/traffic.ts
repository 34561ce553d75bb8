import type { PayloadJudgement, ResultHistory } from '../../contract/history/traffic.ts';
import type { Result } from '../../contract/tune/result.ts';
import { amountText, currencyOf } from '../format/money.ts';
import { isShown } from '../format/missing.ts';
import { percentText } from '../format/percent.ts';
import { ratioText } from '../format/ratio.ts';
import { fixedText } from '../format/rounding.ts';

const UNKNOWN: Readonly<Record<NonNullable<PayloadJudgement['unknown']>, string>> = {
  'present-size-not-measured': 'the present size was not measured warm',
  'few-calls': 'too few calls at the present size',
  'too-wide': 'too few invocations to tell',
};

/** Tells what production did, and whether the payload is like it. `null` where nothing is known of it. */
export function trafficText(result: Result): string | null {
  const { history } = result;
  if (history === undefined || history === null) return null;
  const days = (Date.parse(history.until) - Date.parse(history.since)) / 86_400_000;
  const cold = isShown(history.coldShare) ? `, ${percentText(history.coldShare)} of them cold` : '';
  const calls = `${fixedText(history.invocationsPerMonth, 0)} calls a month${cold}, by the logs of ${fixedText(days, days < 2 ? 1 : 0)} days`;
  return [calls, payloadText(history.payload), savingText(history, result)]
    .filter((text) => text !== '')
    .join('; ');
}

function payloadText({ verdict, unknown, ratio }: ResultHistory['payload']): string {
  const times =
    ratio === null
      ? ''
      : ` (${ratioText(ratio.estimate)} times as long on average, ${ratioText(ratio.low)}–${ratioText(ratio.high)})`;
  if (verdict === 'unknown') {
    const why = unknown === null ? '' : `: ${UNKNOWN[unknown]}`;
    return `whether the payload is like them is not known${why}${times}`;
  }
  return `the payload is ${verdict === 'like' ? 'like' : 'unlike'} them${times}`;
}

function savingText({ savingUsdPerMonth: saving }: ResultHistory, result: Result): string {
  if (saving === null) return '';
  const text = (usd: number): string => amountText(usd, currencyOf(result.target.region));
  return `the change saves ${text(saving.estimate)} a month on them (${text(saving.low)} to ${text(saving.high)})`;
}
