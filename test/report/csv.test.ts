import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow } from '../../src/report/csv/csv-row.ts';
import { observationsCsv } from '../../src/report/observations-csv.ts';
import { resultCsv } from '../../src/report/result-csv.ts';
import { arbitraryResult } from './fixtures/arbitrary-result.ts';
import { allNull, change, oneSizeInChina } from './fixtures/results.ts';

describe('csvRow', () => {
  it.each([
    [['plain', 1.5, true, null], 'plain,1.5,true,\r\n'],
    [['with "quotes", and comma'], '"with ""quotes"", and comma"\r\n'],
    [['two\r\nlines'], 'two lines\r\n'],
    // What a spreadsheet would carry out, and a number that looks alike.
    [['=1+1', '@x', '-x', '+x', -1], "'=1+1,'@x,'-x,'+x,-1\r\n"],
    [[Number.NaN, Infinity], ',\r\n'],
  ])('writes %j by RFC 4180', (cells, row) => {
    expect(csvRow(cells)).toBe(row);
  });
});

describe('resultCsv', () => {
  it('has a row for each size, with its marks', () => {
    const [heading = '', ...rows] = resultCsv(change).trimEnd().split('\r\n');
    expect(heading.split(',').slice(0, 5)).toEqual([
      'memoryMb',
      'outcome',
      'reason',
      'recommended',
      'current',
    ]);
    expect(rows).toHaveLength(6);
    expect(rows[2]).toMatch(/^512,measured,,false,true,52,2,0,1192\.27,/);
    expect(rows[4]).toMatch(/^1769,measured,,true,false,/);
  });

  it('leaves what was not measured empty', () => {
    const rows = resultCsv(allNull).trimEnd().split('\r\n');
    expect(rows[1]).toBe(`128,measured,,true,false,5,5,0,${','.repeat(15)}USD`);
  });

  it('names the currency', () => {
    expect(resultCsv(oneSizeInChina)).toMatch(/,CNY\r\n$/);
  });

  it('has as many cells in every row, and no word for a missing number', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const csv = resultCsv(result) + observationsCsv(result);
        expect(csv).not.toMatch(/null|undefined|nan|infinity/i);
        // Quoted cells first: they may hold commas.
        const widths = resultCsv(result)
          .trimEnd()
          .split('\r\n')
          .map((row) => row.replace(/"(?:[^"]|"")*"/g, '').split(',').length);
        expect(new Set(widths)).toEqual(new Set([24]));
      }),
    );
  });
});

describe('observationsCsv', () => {
  it('has a row for each observation', () => {
    const [heading, first] = observationsCsv(change).split('\r\n');
    expect(heading).toBe(
      'memoryMb,durationMs,billedMs,initMs,maxMemoryUsedMb,cold,outcome,payload,atMs',
    );
    expect(first).toMatch(/^128,[\d.]+,\d+,140,71,true,ok,0,0$/);
  });

  it('says so where observations are still compressed', () => {
    expect(observationsCsv(allNull)).toBe('observations are compressed (gzip+base64)\r\n');
  });
});
