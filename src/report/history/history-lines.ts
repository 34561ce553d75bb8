import type { FunctionHistory, HistoryAnswer } from '../../contract/history/history.ts';
import { durationText } from '../../words/format/duration.ts';
import { amountText, type Currency } from '../../words/format/money.ts';
import { percentText } from '../../words/format/percent.ts';
import { fixedText } from '../../words/format/rounding.ts';
import {
  ceilingSentence,
  nextStep,
  RISK_WORDS,
  timeoutSentence,
} from '../../words/history/history-words.ts';

/** Returns the first line about a function. */
export function historyHeadline(name: string, history: FunctionHistory): string {
  const days = (Date.parse(history.until) - Date.parse(history.since)) / 86_400_000;
  const cold = history.coldShare === null ? '' : `, ${percentText(history.coldShare)} of them cold`;
  return `${name}: ${fixedText(history.invocations, 0)} invocations in ${fixedText(days, days < 2 ? 1 : 0)} days${cold}`;
}

/** Returns everything that is said about one function beside its table. */
export function historySentences(answer: HistoryAnswer): readonly string[] {
  const { history, notes } = answer;
  if (history === null) return notes;
  return [
    ...history.risks.map((risk) => `Risk: ${RISK_WORDS[risk]}.`),
    timeoutSentence(history),
    ...(history.headroom === null
      ? []
      : [`Headroom: ${percentText(history.headroom)} of the memory was never used.`]),
    ceilingSentence(history),
    ...history.changes.map(
      ({ fromMb, toMb, at, durationRatio, confounded }) =>
        `From ${fromMb} to ${toMb} MB${at === null ? '' : ` on ${at.slice(0, 10)}`}: the median became ${durationRatio === null ? 'unknown' : `${fixedText(durationRatio, 2)} times as long`}${confounded ? '; the code may have changed too, so this proves nothing' : ''}.`,
    ),
    ...againstSentences(answer),
    ...(history.sizes.some(({ errors }) => errors === null)
      ? ['Errors: text logs do not say when a handler throws.']
      : []),
    ...(history.sizes.some(({ coldStarts }) => coldStarts > 0)
      ? ['Cold: environments that Lambda makes ahead show no init, and count as warm.']
      : []),
    ...(history.unreadable > 0
      ? [`${history.unreadable} reports lack a duration or a memory size, and are in no number.`]
      : []),
    ...(history.impossible > 0
      ? [`${history.impossible} reports have durations that cannot be, and are in no number.`]
      : []),
    ...notes.map((note) => `Note: ${note}.`),
    nextStep(answer.function, history),
  ];
}

function againstSentences({ against }: HistoryAnswer): readonly string[] {
  if (against === null) return [];
  const { memoryMb, promised, seen } = against;
  if (seen === null)
    return [`The result promised ${memoryMb} MB, which was not seen in the window.`];
  const cost = (value: number | null): string =>
    value === null ? 'unknown' : amountText(value, 'USD');
  return [
    `At ${memoryMb} MB the result promised p50 ${durationText(promised.p50)}, p95 ${durationText(promised.p95)} and ${cost(promised.costUsdPerMillion)} a million; since then p50 ${durationText(seen.p50)}, p95 ${durationText(seen.p95)} and ${cost(seen.costUsdPerMillion)}.`,
  ];
}

function moneyText(amount: number | null, currency: Currency): string {
  return amount === null ? '' : amountText(amount, currency);
}

/** One line of the ranking. */
export function rankingCells({
  function: name,
  history,
  problem,
}: HistoryAnswer): readonly string[] {
  if (history === null) return [name, '', '', '', '', problem ?? ''];
  const { ceiling, currency } = history;
  return [
    name,
    history.presentMb === null ? '' : `${history.presentMb} MB`,
    ceiling === null ? '' : `${ceiling.memoryMb} MB`,
    moneyText(ceiling?.usdPerMonth ?? null, currency),
    fixedText(history.invocationsPerMonth, 0),
    history.risks.map((risk) => RISK_WORDS[risk]).join(', '),
  ];
}

export const RANKING_HEADINGS = [
  'function',
  'memory',
  'permits',
  'at most',
  'calls',
  'risks',
] as const;
