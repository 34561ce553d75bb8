import { describe, expect, it } from 'vitest';
import { formatFor } from '../../src/report/format-for.ts';
import { renderResult } from '../../src/report/render-result.ts';
import { change } from './fixtures/results.ts';

describe('formatFor', () => {
  it.each([
    ['result.json', 'json'],
    ['out/report.md', 'markdown'],
    ['REPORT.HTML', 'html'],
    ['sizes.csv', 'csv'],
    ['run.observations.csv', 'observations-csv'],
    ['/tmp/a.b/chart.svg', 'svg'],
    [String.raw`C:\out\chart.svg`, 'svg'],
  ])('takes %s for %s', (path, format) => {
    expect(formatFor(path)).toEqual({ kind: 'format', format });
  });

  it.each([
    ['report.pdf', '.pdf'],
    ['report', ''],
    ['out.json/report', ''],
  ])('describes what is wrong with %s', (path, extension) => {
    const choice = formatFor(path);
    expect(choice).toMatchObject({ kind: 'unknown-extension', extension });
    if (choice.kind === 'format') throw new Error('wanted a problem');
    expect(choice.message).toContain(path);
    for (const known of choice.known) expect(choice.message).toContain(known);
  });
});

describe('renderResult', () => {
  it.each([
    ['json', /^\{\n {2}"schemaVersion": 1,/],
    ['markdown', /^\*\*Set 1769 MB/],
    ['html', /^<!DOCTYPE html>\n<html lang="en">/],
    ['csv', /^memoryMb,outcome,/],
    ['observations-csv', /^memoryMb,durationMs,/],
    ['svg', /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/],
  ] as const)('renders %s, ending with a line break', (format, beginning) => {
    const text = renderResult(change, format);
    expect(text).toMatch(beginning);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('gives back the result from JSON', () => {
    expect(JSON.parse(renderResult(change, 'json'))).toEqual(change);
  });
});
