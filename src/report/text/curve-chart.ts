import type { Result } from '../../contract/tune/result.ts';
import { resultSeries } from '../charts/result-series.ts';
import type { FittedPoint, PanelPoint } from '../charts/panel.ts';
import { type Scale, logScale } from '../charts/scales.ts';
import { durationTick } from '../charts/tick-text.ts';
import { displayWidth } from './display-width.ts';
import type { Paint } from './table.ts';
import type { TextPen } from './text-pen.ts';

/** Below this a curve tells less than the bars of the table. */
const WIDE_ENOUGH = 100;
const WIDTH = 76;
const HEIGHT = 8;
const GUTTER = 10;

/** A band and a line mean nothing with fewer sizes. */
const FEWEST_SIZES = 3;

interface Cell {
  readonly sign: string;
  readonly paint: Paint;
}

interface Signs {
  readonly band: string;
  /** A line in the upper half of a cell, and in the lower. */
  readonly upper: string;
  readonly lower: string;
  readonly plain: string;
  readonly recommended: string;
  readonly current: string;
}

const BLOCKS: Signs = {
  band: '░',
  upper: '▀',
  lower: '▄',
  plain: '●',
  recommended: '◆',
  current: '○',
};
const ASCII: Signs = {
  band: ':',
  upper: '"',
  lower: '_',
  plain: 'o',
  recommended: '#',
  current: 'O',
};

/**
 * Returns the fitted duration over memory in its band, with the measured sizes on it, in characters; nothing
 * where the terminal is narrow, or nothing was fitted.
 */
export function curveChart(result: Result, pen: TextPen): string[] {
  const { points, fitted } = resultSeries(result, 'durationMs');
  if (pen.columns < WIDE_ENOUGH || points.length < FEWEST_SIZES || fitted.length < 2) return [];
  const sizes = points.map(({ memoryMb }) => memoryMb);
  const x = logScale(sizes, [0, WIDTH - 1], 0);
  const values = [
    ...points.flatMap(({ low, high }) => [low, high]),
    ...fitted.map(({ value }) => value.estimate),
  ];
  const y = logScale(values, [HEIGHT, 0], 0.02);
  const signs = pen.unicode ? BLOCKS : ASCII;
  const cells = drawCells({ points, fitted, x, y, signs, pen });
  const names = tickNames(y);
  const lines = cells.map((row, index) => {
    const name = pen.dim(
      pen
        .styled(names.get(index) ?? '')
        .replaceAll('\u00a0', ' ')
        .padStart(GUTTER - 2),
    );
    return `${name}  ${paintRow(row)}`.trimEnd();
  });
  return [
    pen.dim(pen.styled(captionText(signs, points))),
    ...lines,
    pen.dim(`${' '.repeat(GUTTER)}${memoryNames(points, x)}`.trimEnd()),
  ];
}

function captionText(signs: Signs, points: readonly PanelPoint[]): string {
  const has = (kind: PanelPoint['kind']): boolean => points.some((point) => point.kind === kind);
  return [
    `duration by memory in MB, both logarithmic: ${signs.plain} measured`,
    ...(has('recommended') ? [`${signs.recommended} recommended`] : []),
    ...(has('current') ? [`${signs.current} current`] : []),
    `${signs.band} 95 % band`,
  ].join(', ');
}

interface Drawn {
  readonly points: readonly PanelPoint[];
  readonly fitted: readonly FittedPoint[];
  readonly x: Scale;
  readonly y: Scale;
  readonly signs: Signs;
  readonly pen: TextPen;
}

function drawCells({ points, fitted, x, y, signs, pen }: Drawn): readonly (readonly Cell[])[] {
  const blank: Cell = { sign: ' ', paint: String };
  const rows = Array.from({ length: HEIGHT }, () =>
    Array.from({ length: WIDTH }, (): Cell => blank),
  );
  const put = (row: number, column: number, cell: Cell): void => {
    const cells = rows[Math.min(Math.max(row, 0), HEIGHT - 1)];
    if (cells !== undefined && column >= 0 && column < WIDTH) cells[column] = cell;
  };
  for (let column = 0; column < WIDTH; column += 1) {
    const at = fitAt(fitted, column, x);
    if (at === null) continue;
    const [top, bottom] = [y.at(at.high), y.at(at.low)];
    for (let row = Math.floor(top); row < bottom && row < HEIGHT; row += 1) {
      if (row >= 0) put(row, column, { sign: signs.band, paint: pen.dim });
    }
    const line = y.at(at.estimate);
    const half = line - Math.floor(line) < 0.5 ? signs.upper : signs.lower;
    put(Math.floor(line), column, { sign: half, paint: pen.accent });
  }
  for (const point of points) {
    const kind = point.kind === 'recommended' || point.kind === 'current' ? point.kind : 'plain';
    const paint = kind === 'plain' ? String : pen.bold;
    put(Math.floor(y.at(point.mean)), Math.round(x.at(point.memoryMb)), {
      sign: signs[kind],
      paint,
    });
  }
  return rows;
}

/** What is believed in the middle of a column: straight between the fitted points, as the axes are. */
function fitAt(
  fitted: readonly FittedPoint[],
  column: number,
  x: Scale,
): FittedPoint['value'] | null {
  const next = fitted.findIndex(({ memoryMb }) => x.at(memoryMb) >= column - 1e-9);
  const [right, left] = [fitted[next], fitted[Math.max(next - 1, 0)]];
  if (right === undefined || left === undefined) return null;
  const width = x.at(right.memoryMb) - x.at(left.memoryMb);
  const share = width > 0 ? (column - x.at(left.memoryMb)) / width : 1;
  if (share < 0) return null;
  const between = (key: keyof FittedPoint['value']): number =>
    left.value[key] ** (1 - share) * right.value[key] ** share;
  return { estimate: between('estimate'), low: between('low'), high: between('high') };
}

/** Cells of one look after each other are painted at once. */
function paintRow(cells: readonly Cell[]): string {
  let text = '';
  let run = '';
  let paint: Paint = String;
  const last = cells.findLastIndex(({ sign }) => sign !== ' ');
  for (const cell of cells.slice(0, last + 1)) {
    if (cell.paint !== paint) {
      text += run === '' ? '' : paint(run);
      run = '';
      ({ paint } = cell);
    }
    run += cell.sign;
  }
  return text + (run === '' ? '' : paint(run));
}

/** Round durations beside the rows that they are in, one a row. */
function tickNames(y: Scale): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const tick of y.ticks) {
    const row = Math.min(Math.max(Math.floor(y.at(tick)), 0), HEIGHT - 1);
    if (!names.has(row)) names.set(row, durationTick(tick));
  }
  return names;
}

/** Sizes below their columns, those that matter first, as far as there is room. */
function memoryNames(points: readonly PanelPoint[], x: Scale): string {
  const rank = ({ kind }: PanelPoint): number =>
    kind === 'recommended' ? 2 : kind === 'current' ? 1 : 0;
  const line = Array.from({ length: WIDTH + 4 }, () => ' ');
  for (const point of points.toSorted((a, b) => rank(b) - rank(a))) {
    const name = String(point.memoryMb);
    const width = displayWidth(name);
    const start = Math.max(0, Math.round(x.at(point.memoryMb) - (width - 1) / 2));
    const room = line.slice(Math.max(start - 1, 0), start + width + 1);
    if (start + width > line.length || room.some((char) => char !== ' ')) continue;
    // Digits: each is one column.
    for (let index = 0; index < width; index += 1) line[start + index] = name[index] ?? ' ';
  }
  return line.join('').trimEnd();
}
