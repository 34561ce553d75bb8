import { describe, expect, it } from 'vitest';
import { findReport } from '../../../src/core/platform-log/find-report.ts';
import type { PlatformReport } from '../../../src/core/platform-log/platform-report.ts';
import { FIXTURES, reportsIn } from './platform-logs.ts';

const ID = '8d5958b5-559f-43f3-b278-b71dd7dd0e01';
const REPORT: PlatformReport = {
  requestId: ID,
  durationMs: 2.46,
  billedMs: 417,
  initMs: 413.61,
  restoreMs: null,
  billedRestoreMs: null,
  memorySizeMb: 1024,
  maxMemoryUsedMb: 95,
  status: 'error',
  errorType: 'Runtime.ExitError',
};
const FIELDS = [
  'Duration: 2.46 ms',
  'Billed Duration: 417 ms',
  'Memory Size: 1024 MB',
  'Max Memory Used: 95 MB',
  'Init Duration: 413.61 ms',
  'Status: error',
  'Error Type: Runtime.ExitError',
];

function line(fields: readonly string[], separator = '\t'): string {
  return [`REPORT RequestId: ${ID}`, ...fields].join(separator);
}

/** Both ways to read, which must agree. */
function reportIn(text: string): PlatformReport | null {
  const found = findReport(text, ID).report;
  expect(reportsIn(text)).toEqual(found === null ? [] : [found]);
  return found;
}

describe('the fields of a REPORT line', () => {
  it.each(FIELDS.map((_, turn) => [...FIELDS.slice(turn), ...FIELDS.slice(0, turn)]))(
    'are read in any order: %s first',
    (...fields) => {
      expect(reportIn(line(fields))).toEqual(REPORT);
      expect(reportIn(line(fields, ' '))).toEqual(REPORT);
      expect(reportIn(line(fields.toReversed(), '   '))).toEqual(REPORT);
    },
  );

  it('are read as emulators print them, with init first', () => {
    // aws-lambda-rie and SAM local.
    const text = `REPORT RequestId: ${ID}\tInit Duration: 0.04 ms\tDuration: 120.08 ms\tBilled Duration: 121 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t`;
    expect(reportIn(text)).toMatchObject({ initMs: 0.04, durationMs: 120.08, billedMs: 121 });
  });

  it('are read with the space that lines until 2019 have before a tab, and without the tab', () => {
    const text = `REPORT RequestId: ${ID}\tDuration: 26.73 ms\tBilled Duration: 100 ms \tMemory Size: 128 MB\tMax Memory Used: 75 MB\t`;
    expect(reportIn(text)).toMatchObject({ durationMs: 26.73, billedMs: 100, memorySizeMb: 128 });
    expect(reportIn(text.replace(' \tMemory', ' Memory'))).toMatchObject({ billedMs: 100 });
  });

  it.each([
    ['a field that Lambda may add', 'Extension Overhead: 1.25 ms'],
    ['one whose name ends like a known one', 'Extension Duration: 99 ms'],
    ['a word for a value', 'Tenant: blue'],
    [
      'an X-Ray trace on the same line',
      'XRAY TraceId: 1-6ac7-1c0a\tSegmentId: 2d54\tSampled: true',
    ],
  ])('are read around %s', (_, extra) => {
    for (let place = 0; place <= FIELDS.length; place += 1) {
      expect(reportIn(line(FIELDS.toSpliced(place, 0, extra)))).toEqual(REPORT);
    }
  });

  it.each([
    ['-2.46'],
    ['+2.46'],
    ['2,46'],
    ['2.46.1'],
    ['.5'],
    ['5.'],
    ['1e3'],
    ['0x10'],
    ['Infinity'],
    ['NaN'],
    ['٣'],
  ])('count as not said where a number is none: %s', (number) => {
    const fields = FIELDS.with(1, `Billed Duration: ${number} ms`);
    expect(reportIn(line(fields))).toEqual({ ...REPORT, billedMs: null });
  });

  it('count as not said where the unit is another', () => {
    const fields = FIELDS.with(1, 'Billed Duration: 4 s').with(2, 'Memory Size: 1 GB');
    expect(reportIn(line(fields))).toEqual({ ...REPORT, billedMs: null, memorySizeMb: null });
  });

  it.each(['0', '0.00', '7', '10000.00', '900000.01', '123456789012345678.25'])(
    'have the value that JavaScript gives to the same digits: %s',
    (digits) => {
      const text = line(FIELDS.with(0, `Duration: ${digits} ms`));
      expect(reportIn(text)?.durationMs).toBe(Number(digits));
    },
  );

  it('keep an error type that has spaces whole, and apart from what follows', () => {
    const fields = FIELDS.with(6, 'Error Type: my own error');
    expect(reportIn(line(fields))).toEqual({ ...REPORT, errorType: 'my own error' });
    expect(reportIn(line(fields.toReversed()))?.errorType).toBe('my own error');
  });

  it('count the first time when they come twice', () => {
    expect(reportIn(line([...FIELDS, 'Duration: 99 ms', 'Status: timeout']))).toEqual(REPORT);
  });

  it('know no other status', () => {
    expect(reportIn(line(FIELDS.with(5, 'Status: splendid')))?.status).toBeNull();
  });
});

describe('a report that was broken into several lines', () => {
  const texts = FIXTURES.filter(({ text }) => text.startsWith('REPORT')).map(
    ({ name, text, report }) => ({
      name,
      text: text.split('\n')[0]?.trimEnd() ?? '',
      report,
    }),
  );

  it.each(texts)('between its fields: $name', ({ text, report }) => {
    const broken = text.split(
      /\t+| {2,}| (?=Duration|Billed|Memory|Max|Init|Restore|Status|Error)/,
    );
    for (const indent of ['', '  ', '\t']) {
      expect(reportsIn(`${broken.join(`\n${indent}`)}\n`)).toEqual([report]);
    }
  });

  it.each(texts)('at each of its spaces: $name', ({ text, report }) => {
    for (const { index } of text.matchAll(/\s+/g)) {
      // The header stays in one piece: "REPORT" alone could be anything.
      if (index <= 'REPORT'.length) continue;
      const broken = `${text.slice(0, index)}\n${text.slice(index).trimStart()}\n`;
      expect(findReport(broken, report.requestId).report, broken).toEqual(report);
      expect(reportsIn(broken), broken).toEqual([report]);
    }
  });

  it('by a terminal of any width, in the middle of words', () => {
    for (let columns = 40; columns < 150; columns += 1) {
      for (const { text, report } of texts) {
        const spaced = text.replaceAll('\t', '    ');
        const broken = spaced.match(new RegExp(`.{1,${columns}}`, 'g'))?.join('\n') ?? '';
        const [read] = reportsIn(`${broken}\n`);
        // Nothing tells that an error type goes on in the next line.
        const { errorType } = read ?? {};
        expect((report.errorType ?? '').startsWith(errorType ?? ''), broken).toBe(true);
        expect({ ...read, errorType: null }, broken).toEqual({ ...report, errorType: null });
      }
    }
  });

  it('with its X-Ray line behind', () => {
    const text = `${line(FIELDS.slice(0, 4))}\n${FIELDS[4] ?? ''}\nXRAY TraceId: 1-6ac7-1c0a\tSegmentId: 2d54\tSampled: true\n`;
    expect(reportIn(text)).toMatchObject({ initMs: 413.61, maxMemoryUsedMb: 95 });
  });

  it.each([
    'Status: ready',
    'Error Type: none so far',
    'Duration: 99 ms',
    'Memory Size: 99 MB and more',
    'Init Duration: 5 ms elapsed',
    'Init Duration: many ms',
    'done',
  ])('takes in no line of an application: %s', (text) => {
    const warm = line(FIELDS.slice(0, 4));
    expect(reportIn(`${warm}\n${text}\n`)).toEqual({
      ...REPORT,
      initMs: null,
      status: null,
      errorType: null,
    });
  });
});

describe('a report that is cut off', () => {
  it.each(FIXTURES)('says nothing wrong, wherever it ends: $name', ({ text, report }) => {
    for (let length = 0; length < text.length; length += 1) {
      const found = findReport(text.slice(0, length), report.requestId).report;
      for (const [name, value] of Object.entries(found ?? {})) {
        if (name === 'errorType') {
          // Nothing tells where a name ends.
          expect((report.errorType ?? '').startsWith(String(value ?? ''))).toBe(true);
        } else {
          expect([null, report[name as keyof PlatformReport]]).toContain(value);
        }
      }
    }
  });
});
