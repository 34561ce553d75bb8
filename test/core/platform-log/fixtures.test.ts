import { describe, expect, it } from 'vitest';
import { findReport } from '../../../src/core/platform-log/find-report.ts';
import { coldOf } from '../../../src/core/platform-log/log-finding.ts';
import { NO_REPLY, outcomeOf } from '../../../src/core/platform-log/outcome-of.ts';
import { FIXTURES, idsIn, OTHER_SYSTEM_LINES, OUTCOMES, readText } from './platform-logs.ts';

const VARIANTS: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['with a line before and after', (text) => `hello\n${text.trimEnd()}\ngoodbye\n`],
  ['with Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
  ['with one space for a tab', (text) => text.replaceAll('\t', ' ')],
  ['with many spaces for a tab', (text) => text.replaceAll('\t', '     ')],
  ['with tabs for runs of spaces', (text) => text.replaceAll(/ {2,}/g, '\t')],
];

describe.each(FIXTURES)('$name', ({ name, text, report }) => {
  it.each(VARIANTS)('is read from a tail, %s', (_, vary) => {
    const finding = findReport(vary(text), report.requestId);
    expect(finding.report).toEqual(report);
    expect(outcomeOf(finding, NO_REPLY)).toBe(OUTCOMES[name] ?? 'ok');
    expect(coldOf(finding)).toBe(report.initMs !== null || report.restoreMs !== null);
  });

  it.each(VARIANTS)('is read from a log, %s', (_, vary) => {
    const records = readText(vary(text));
    expect(records.map((record) => record.report)).toEqual([report]);
    expect(records.map((record) => outcomeOf(record, NO_REPLY))).toEqual([OUTCOMES[name] ?? 'ok']);
  });

  it('is not found for another request', () => {
    for (const requestId of [`${report.requestId}0`, report.requestId.slice(0, -1), '']) {
      expect(findReport(text, requestId).report).toBeNull();
    }
  });
});

it('reads all of them from one log, among the other lines of the platform', () => {
  const log = [...FIXTURES.map(({ text }) => text.trimEnd()), ...OTHER_SYSTEM_LINES].join('\n');
  expect(readText(log).map(({ report }) => report)).toEqual(FIXTURES.map(({ report }) => report));
  const reversed = [...OTHER_SYSTEM_LINES, ...FIXTURES.map(({ text }) => text.trimEnd())].join(
    '\n',
  );
  expect(readText(reversed)).toHaveLength(FIXTURES.length);
});

it('finds no invocation in the other lines of the platform', () => {
  expect(idsIn(OTHER_SYSTEM_LINES.join('\n'))).toEqual([]);
});
