import type { Result } from '../../contract/tune/result.ts';
import { secondsText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { isShown } from '../../words/format/missing.ts';
import { percentNumber, percentText, probabilityText } from '../../words/format/percent.ts';
import { ratioText } from '../../words/format/ratio.ts';
import { type Markup, element } from '../markup/element.ts';
import { confidenceWord } from '../../words/result/confidence.ts';

interface Card {
  readonly name: string;
  readonly value: string;
  readonly detail: string;
  readonly best?: boolean;
}

function isElsewhere({ current, recommendation }: Result): boolean {
  return current.memoryMb !== null && current.memoryMb !== recommendation.memoryMb;
}

function memoryCard(result: Result): Card {
  const { current, verdict, recommendation } = result;
  const detail = {
    change: current.memoryMb === null ? '' : `instead of ${memoryText(current.memoryMb)}`,
    keep: 'no change',
    inconclusive: 'best guess',
  }[verdict];
  return { name: 'Memory', value: memoryText(recommendation.memoryMb), detail, best: true };
}

function timeoutCard({ timeout, current }: Result): Card {
  const now = current.timeoutSeconds;
  const recommended = timeout.recommendedSeconds;
  if (recommended === null) {
    return { name: 'Timeout', value: secondsText(now), detail: 'kept: too little was measured' };
  }
  const detail =
    now === null ? '' : now === recommended ? 'no change' : `instead of ${secondsText(now)}`;
  return { name: 'Timeout', value: secondsText(recommended), detail };
}

function speedCard(result: Result): Card[] {
  const { speedup } = result.confidence;
  if (!isElsewhere(result) || speedup === null || !isShown(speedup.estimate)) return [];
  return [
    {
      name: 'Speed',
      value: `${ratioText(speedup.estimate)}×`,
      detail: `${ratioText(speedup.low)} to ${ratioText(speedup.high)} times as fast`,
    },
  ];
}

/** A change as bills are read: more has a plus, less a minus, and what rounds to nothing is 0. */
function signedPercent(fraction: number): string {
  if (Math.abs(fraction) < 0.0005) return '0';
  return `${fraction > 0 ? '+' : '−'}${percentNumber(Math.abs(fraction))}`;
}

function costCard(result: Result): Card[] {
  const { savingsFraction: savings } = result.confidence;
  if (!isElsewhere(result) || savings === null || !isShown(savings.estimate)) return [];
  return [
    {
      name: 'Cost',
      value: `${signedPercent(-savings.estimate)}\u00a0%`,
      detail: `${signedPercent(-savings.high)} to ${signedPercent(-savings.low)} %`,
    },
  ];
}

function confidenceCard({ confidence }: Result): Card {
  const { withinTolerance, tolerance } = confidence;
  if (!isShown(withinTolerance)) {
    return { name: 'Confidence', value: '–', detail: 'too little was measured' };
  }
  return {
    name: 'Confidence',
    value: probabilityText(withinTolerance),
    detail: `${confidenceWord(withinTolerance)}: within ${percentText(tolerance)} of the best`,
  };
}

/** Returns the answer in a handful of numbers. */
export function cards(result: Result): Markup {
  const all = [
    memoryCard(result),
    ...speedCard(result),
    ...costCard(result),
    timeoutCard(result),
    confidenceCard(result),
  ];
  return element(
    'dl',
    { class: 'cards' },
    ...all.map(({ name, value, detail, best = false }) =>
      element(
        'div',
        {},
        element('dt', {}, name),
        element('dd', { class: best ? 'value best' : 'value' }, value),
        detail === '' ? null : element('dd', { class: 'detail' }, detail),
      ),
    ),
  );
}
