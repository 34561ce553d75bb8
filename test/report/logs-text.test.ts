import { describe, expect, it } from 'vitest';
import { pricesOf } from '../../src/core/cost/prices.ts';
import type { LogSummaryRow } from '../../src/core/platform-log/log-summary.ts';
import { logsText, type LogsTextOptions } from '../../src/report/logs-text.ts';
import type { TextStyle } from '../../src/report/text-style.ts';

const ROW: LogSummaryRow = {
  memorySizeMb: 1024,
  invocations: 1234,
  coldStarts: 12,
  durationMs: { p50: 12.34, p95: 123.4, p99: 1234, max: 65_432.1 },
  coldDurationMs: { p50: 250, max: 400 },
  initMs: { p50: 310, max: 500 },
  meanBilledMs: 100,
  maxMemoryUsedMb: 256,
  errors: 3,
  timeouts: 1,
  outOfMemory: 0,
};
const MANAGED: LogSummaryRow = {
  memorySizeMb: null,
  invocations: 5,
  coldStarts: 0,
  durationMs: { p50: 1.5, p95: 1.5, p99: 1.5, max: 1.5 },
  coldDurationMs: { p50: null, max: null },
  initMs: { p50: null, max: null },
  meanBilledMs: null,
  maxMemoryUsedMb: null,
  errors: 0,
  timeouts: 0,
  outOfMemory: 0,
};
const STYLE: TextStyle = { colour: false, unicode: true, columns: Infinity };

function options(region = 'eu-west-1', notes = false): LogsTextOptions {
  return { region, architecture: 'x86_64', prices: pricesOf(region, 'x86_64'), notes };
}

describe('the summary of logs', () => {
  it('has a row for each size, and a dash for what is not known', () => {
    // 100 ms at 1024 MB: 0.1 GB-second × 16.6667 + 0.20 = 1.87 USD a million.
    expect(logsText([ROW, MANAGED], options(), STYLE)).toBe(
      [
        ' memory  count  cold      p50      p95      p99      max  cold p50  init p50    used       errors  timeouts  USD/1M',
        '1024 MB   1234    12  12.3 ms   123 ms   1.23 s   65.4 s    250 ms    310 ms  256 MB 25 %       3         1    1.87',
        '      –      5     0  1.50 ms  1.50 ms  1.50 ms  1.50 ms         –         –       –            0         0    –',
        '',
      ].join('\n'),
    );
  });

  it('shows out of memory where it happened, and other currencies by their name', () => {
    const text = logsText([{ ...ROW, outOfMemory: 7 }], options('cn-north-1'), STYLE);
    expect(text).toContain('out of memory');
    expect(text).toContain('CNY/1M');
  });

  it.each([40, 60, 70, 80, 90, 100, 120])('never shows half a number at %i columns', (columns) => {
    const text = logsText([ROW], options('eu-west-1', true), { ...STYLE, columns });
    expect(text).toContain('1024 MB');
    expect(text).toContain('1.87');
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns);
    const [heading = '', row = ''] = text.split('\n');
    if (columns >= 80) expect(heading.length).toBe(row.length);
  });

  it('is a paragraph for each size where not even the shortest table fits, with nothing left out', () => {
    expect(logsText([ROW, MANAGED], options(), { ...STYLE, columns: 40 })).toBe(
      [
        '1024 MB',
        '  count 1234, cold 12, p50 12.3 ms,',
        '  p95 123 ms, p99 1.23 s, max 65.4 s,',
        '  cold p50 250 ms, init p50 310 ms,',
        '  used 256 MB, share 25 %, errors 3,',
        '  timeouts 1, USD/1M 1.87',
        '–',
        '  count 5, cold 0, p50 1.50 ms,',
        '  p95 1.50 ms, p99 1.50 ms, max 1.50 ms,',
        '  cold p50 –, init p50 –, used –,',
        '  errors 0, timeouts 0, USD/1M –',
        '',
      ].join('\n'),
    );
  });

  it('says what the numbers mean, in ASCII where the terminal knows no more', () => {
    const text = logsText([MANAGED, ROW], options('eu-west-1', true), { ...STYLE, unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(text.replaceAll('\n', ' ')).toContain(
      'in eu-west-1 on x86_64, at list prices of 2026-11-21',
    );
  });

  it('has no columns of cold starts where there were none', () => {
    const warm = { ...ROW, coldStarts: 0, coldDurationMs: MANAGED.initMs, initMs: MANAGED.initMs };
    expect(logsText([warm], options(), STYLE)).not.toContain('cold p50');
  });

  it('colours headings and notes alone', () => {
    const text = logsText([ROW], options(), { ...STYLE, colour: true });
    expect(text.split('\n')[0]).toContain('\u001b[2m');
    expect(text.split('\n')[1]).not.toContain('\u001b');
  });
});
