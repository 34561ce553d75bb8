import type { Result } from '../../contract/tune/result.ts';
import { durationText, secondsText } from '../../words/format/duration.ts';
import { memoryText } from '../../words/format/memory.ts';
import { type Markup, element, fragment } from '../markup/element.ts';
import { truncate } from '../text/display-width.ts';
import { timeoutText } from '../../words/result/timeout.ts';
import type { Chart } from './chart.ts';
import { drawing, label, line } from './drawing.ts';
import { diamond } from './panel.ts';
import { type Scale, logScale } from './scales.ts';
import { type TimeoutRow, timeoutRows } from './timeout-rows.ts';

const WIDTH = 480;
const LEFT = 172;
const RIGHT = WIDTH - 70;
const TOP = 12;
const HEIGHT = 28;

/** Names of callers come from outside; the table has them whole. */
const LONGEST_LABEL = 18;

/** Timeouts are whole seconds, what was observed is not. */
function valueText({ kind, ms }: TimeoutRow): string {
  return kind === 'observed' ? durationText(ms) : secondsText(ms / 1000);
}

/** Shapes tell the kinds apart without colour: a diamond is recommended, a ring is current. */
function mark(kind: TimeoutRow['kind'], x: number, y: number): Markup {
  if (kind === 'best') return diamond(x, y);
  if (kind === 'caller') {
    return element('rect', { class: 'pd-caller', x: x - 4, y: y - 4, width: 8, height: 8 });
  }
  return element('circle', { class: kind === 'now' ? 'pd-now' : 'pd-point', cx: x, cy: y, r: 5 });
}

function row(data: TimeoutRow, x: Scale, top: number): Markup {
  const y = top + HEIGHT / 2;
  const at = x.at(data.ms);
  const end = x.at(data.highMs ?? data.ms);
  const name = truncate(data.text, LONGEST_LABEL);
  const kind = data.kind === 'best' || data.kind === 'now' ? ` pd-label-${data.kind}` : '';
  return fragment(
    label(`pd-label${kind}`, LEFT - 14, y + 4, name, 'end', LEFT - 14),
    line('pd-grid', LEFT, y, at, y),
    data.highMs === null ? null : line('pd-interval', at, y, end, y),
    data.highMs === null ? null : line('pd-interval', end, y - 5, end, y + 5),
    mark(data.kind, at, y),
    label(`pd-label${kind}`, end + 11, y + 4, valueText(data), 'start', WIDTH - end - 11),
  );
}

/** Returns the timeouts against what invocations take, all on one logarithmic axis. */
export function timeoutBars(result: Result): Chart | null {
  const rows = timeoutRows(result);
  if (!rows.some(({ kind }) => kind === 'observed')) return null;
  const bottom = TOP + HEIGHT * rows.length;
  const times = rows.flatMap(({ ms, highMs }) => (highMs === null ? [ms] : [ms, highMs]));
  const x = logScale(times, [LEFT + 6, RIGHT], 0);
  const sentence = timeoutText(result);
  const chart = {
    id: 'timeout',
    title: `Timeout at ${memoryText(result.recommendation.memoryMb)}`,
    description: `Timeout: ${sentence}.`,
  };
  return {
    ...chart,
    caption: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. Times are on a logarithmic axis.`,
    svg: drawing(
      chart,
      { width: WIDTH, height: bottom + 10 },
      ...rows.map((data, index) => row(data, x, TOP + index * HEIGHT)),
    ),
    table: {
      headings: ['What', 'Time', 'at most'],
      rows: rows.map((data) => [
        data.text,
        valueText(data),
        data.highMs === null ? '' : durationText(data.highMs),
      ]),
    },
  };
}
