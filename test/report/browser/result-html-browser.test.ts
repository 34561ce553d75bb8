import { createRequire } from 'node:module';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { resultHtml } from '../../../src/report/result-html.ts';
import { targetName } from '../../../src/words/result/target.ts';
import { RESULTS } from '../fixtures/results.ts';
import { inspectPages, type Family, type PageFindings } from './inspect-pages.ts';

const { browser } = inject('machine');
const WIDTHS = [340, 700, 1200];

function family(name: string, fontPackage: string): Family {
  const file = (weight: string) =>
    createRequire(import.meta.url).resolve(
      `@fontsource/${fontPackage}/files/${fontPackage}-latin-${weight}-normal.woff2`,
    );
  return { name, faces: ['400', '700'].map((weight) => ({ weight, file: file(weight) })) };
}

/** Readers have other fonts than we: one of the widest, one of the narrowest, and what a browser falls back to. */
const FAMILIES: readonly Family[] = [
  family('Wide', 'dejavu-sans'),
  family('Narrow', 'pt-sans-narrow'),
  { name: 'Nobody has this', faces: [] },
];

/** Charts that a result has something to draw in. */
const CHARTS: Readonly<Record<keyof typeof RESULTS, number>> = {
  change: 5,
  keep: 5,
  inconclusive: 5,
  // With a single measured size there is nothing to trade.
  survivors: 4,
  'one-size-in-china': 4,
  hostile: 4,
  'forty-six': 5,
  extremes: 5,
  'all-null': 0,
};

describe.skipIf(browser === null)('the page in a browser', () => {
  let findings: readonly PageFindings[] = [];

  beforeAll(async () => {
    const pages = new Map(
      Object.entries(RESULTS).map(([name, result]) => [name, resultHtml(result)]),
    );
    findings = await inspectPages(browser ?? '', pages, WIDTHS, FAMILIES);
  });

  it('is looked at in fonts that differ by a third', () => {
    // Digits are 0.636 em wide in DejaVu Sans and 0.45 em in PT Sans Narrow, by the tables of the fonts (hmtx).
    const digitsOf = (name: string) => findings.find(({ family: its }) => its === name)?.tenDigits;
    expect(digitsOf('Wide')).toBeCloseTo(636, -1);
    expect(digitsOf('Narrow')).toBeCloseTo(450, -1);
  });

  describe.each(FAMILIES)('in the font "$name"', ({ name: familyName }) => {
    it.each(Object.entries(RESULTS))('shows %s whole at every width', (name, result) => {
      const found = findings.filter((page) => page.name === name && page.family === familyName);
      expect(found.map(({ width }) => width)).toEqual(WIDTHS);
      for (const page of found) {
        expect(page.title).toBe(`${targetName(result)}: memory and timeout`);
        expect(page.scripts).toBe(1);
        expect(page.charts).toBe(CHARTS[name as keyof typeof RESULTS]);
        expect(page.overflow).toBe(0);
        expect(page.overfull).toEqual([]);
        expect(page.clipped).toEqual([]);
        expect(JSON.parse(page.data)).toEqual(result);
      }
    });
  });
});
