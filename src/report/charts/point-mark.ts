import { type Child, type Markup, element } from '../markup/element.ts';
import { durationEstimate } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { costPerMillionEstimate, type Currency } from '../../words/format/money.ts';
import type { SizePoint } from './size-points.ts';

/** One size in words: what a pointer resting on it reads. */
export function pointText({ size, recommended, current }: SizePoint, currency: Currency): string {
  const duration = durationEstimate(size.durationMs);
  const cost = costPerMillionEstimate(size.costUsdPerMillion);
  const marks = [...(recommended ? ['recommended'] : []), ...(current ? ['current'] : [])];
  return [
    memoryText(size.memoryMb),
    `${duration.estimate} ${duration.plusMinus}`.trim(),
    `${cost.estimate} ${cost.plusMinus} ${currency} per million`.replace('  ', ' '),
    ...marks,
  ].join(', ');
}

/** Marks what is recommended, in every chart. */
export function diamond(x: number, y: number): Markup {
  const start = `${roundCoordinate(x)},${roundCoordinate(y - 8)}`;
  return element('path', { class: 'pd-best', d: `M${start}l7.5,8l-7.5,8l-7.5,-8z` });
}

/** What a size is to the reader shows in shape and not in colour alone. */
function shape({ recommended, current }: SizePoint, x: number, y: number): Markup {
  if (recommended) return diamond(x, y);
  return element('circle', {
    class: current ? 'pd-now' : 'pd-point',
    cx: x,
    cy: y,
    r: current ? 5.5 : 4,
  });
}

function roundCoordinate(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Returns a measured size: its interval, then its mark, with its numbers as a tooltip. */
export function pointMark(
  point: SizePoint,
  x: number,
  y: number,
  currency: Currency,
  ...intervals: readonly Child[]
): Markup {
  return element(
    'g',
    {},
    element('title', {}, pointText(point, currency)),
    ...intervals,
    shape(point, x, y),
  );
}
