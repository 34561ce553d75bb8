import { describe, expect, it } from 'vitest';
import { curveChart } from '../../../src/report/text/curve-chart.ts';
import { textPen } from '../../../src/report/text/text-pen.ts';
import { change, told } from '../fixtures/results.ts';

const lines = (columns: number, unicode = true): readonly string[] =>
  curveChart(told, textPen({ colour: false, unicode, columns }));

describe('the curve in a terminal', () => {
  it('is drawn where there are 100 columns and a fitted curve, and nowhere else', () => {
    expect(lines(100)).not.toEqual([]);
    expect(lines(99)).toEqual([]);
    const pen = textPen({ colour: false, unicode: true, columns: 120 });
    expect(curveChart(change, pen)).toEqual([]);
  });

  it('has a mark for each size above its name, the slower the higher', () => {
    const [, ...drawn] = lines(100);
    const names = drawn.at(-1) ?? '';
    const rowOf = (column: number): number =>
      drawn.findIndex((line) => /[●◆○]/.test(line[column] ?? ''));
    const columns = [...names.matchAll(/\d+/g)].map((name) => {
      const middle = name.index + (name[0].length - 1) / 2;
      const near = [
        Math.floor(middle),
        Math.ceil(middle),
        Math.floor(middle) - 1,
        Math.ceil(middle) + 1,
      ];
      return near.find((column) => rowOf(column) >= 0) ?? -1;
    });
    expect(names.match(/\d+/g)).toEqual(['128', '256', '512', '1024', '1769', '3008']);
    const rows = columns.map(rowOf);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(Math.min(...rows)).toBe(0);
    expect(drawn[rows[4] ?? 0]?.[columns[4] ?? 0]).toBe('◆');
    expect(drawn[rows[2] ?? 0]?.[columns[2] ?? 0]).toBe('○');
  });

  it('is ASCII where the terminal is', () => {
    expect(lines(100, false).join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
  });
});
