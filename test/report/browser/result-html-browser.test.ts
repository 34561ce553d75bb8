import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { resultHtml } from '../../../src/report/result-html.ts';
import { targetName } from '../../../src/words/result/target.ts';
import { RESULTS } from '../fixtures/results.ts';
import {
  inspectPages,
  type Family,
  type PageFindings,
  type WantedFamily,
} from './inspect-pages.ts';
import { countSheets, findAxeViolations, openPage, walkByKeyboard } from './look-closer.ts';
import { openBrowser, type Browser } from './open-browser.ts';

const { browser: command } = inject('machine');

/** A phone, a tablet, a laptop and two screens. */
const WIDTHS = [360, 768, 1080, 1440, 1920];
/** Where the layout differs most; other fonts are looked at in these. */
const FEW_WIDTHS = [360, 1080];

function family(name: string, fontPackage: string): Family {
  const file = (weight: string) =>
    createRequire(import.meta.url).resolve(
      `@fontsource/${fontPackage}/files/${fontPackage}-latin-${weight}-normal.woff2`,
    );
  return { name, faces: ['400', '700'].map((weight) => ({ weight, file: file(weight) })) };
}

/** Readers have other fonts than we: one of the widest, one of the narrowest, and what a browser falls back to. */
const FAMILIES: readonly WantedFamily[] = [
  { ...family('Wide', 'dejavu-sans'), widths: WIDTHS },
  { ...family('Narrow', 'pt-sans-narrow'), widths: FEW_WIDTHS },
  { name: 'Nobody has this', faces: [], widths: FEW_WIDTHS },
];

/** Charts that a result has something to draw in. */
const CHARTS: Readonly<Record<keyof typeof RESULTS, number>> = {
  change: 7,
  // With real calls beside.
  told: 8,
  keep: 7,
  inconclusive: 7,
  // With a single measured size there is nothing to trade.
  survivors: 6,
  // No cold start was seen.
  'one-size-in-china': 5,
  hostile: 6,
  'forty-six': 7,
  extremes: 7,
  'all-null': 0,
};

describe.skipIf(command === null)('the page in a browser', () => {
  let findings: readonly PageFindings[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser(command ?? '');
    const pages = new Map(
      Object.entries(RESULTS).map(([name, result]) => [name, resultHtml(result)]),
    );
    findings = await inspectPages(browser, pages, FAMILIES);
  });

  afterAll(async () => {
    await browser.close();
  });

  it('is looked at in fonts that differ by a third', () => {
    // Digits are 0.636 em wide in DejaVu Sans and 0.45 em in PT Sans Narrow, by the tables of the fonts (hmtx).
    const digitsOf = (name: string) => findings.find(({ family: its }) => its === name)?.tenDigits;
    expect(digitsOf('Wide')).toBeCloseTo(636, -1);
    expect(digitsOf('Narrow')).toBeCloseTo(450, -1);
  });

  describe.each(FAMILIES)('in the font "$name"', ({ name: familyName, widths }) => {
    it.each(Object.entries(RESULTS))(
      'shows %s whole at every width, and no label lies on another',
      (name, result) => {
        const found = findings.filter((page) => page.name === name && page.family === familyName);
        expect(found.map(({ width }) => width)).toEqual(widths);
        for (const page of found) {
          expect(page.title).toBe(`${targetName(result)}: memory and timeout`);
          expect(page.scripts).toBe(1);
          expect(page.charts).toBe(CHARTS[name as keyof typeof RESULTS]);
          expect(page.overflow).toBe(0);
          expect(page.overfull).toEqual([]);
          expect(page.clipped).toEqual([]);
          expect(page.collisions).toEqual([]);
          expect(JSON.parse(page.data)).toEqual(result);
        }
      },
    );
  });

  it.each(['told', 'hostile', 'forty-six'] as const)(
    'prints %s on one sheet of A4 and of Letter',
    async (name) => {
      await openPage(browser, resultHtml(RESULTS[name]));
      expect(await countSheets(browser, 'A4')).toBe(1);
      expect(await countSheets(browser, 'Letter')).toBe(1);
    },
  );

  it.each([
    { name: 'told', view: { width: 1080, scheme: 'light' } },
    { name: 'hostile', view: { width: 360, scheme: 'dark' } },
  ] as const)('gives axe-core nothing to find in $name ($view.scheme)', async ({ name, view }) => {
    await openPage(browser, resultHtml(RESULTS[name]));
    expect(await findAxeViolations(browser, view)).toEqual([]);
  });

  it('lets the keyboard reach and open everything that is folded', async () => {
    await openPage(browser, resultHtml(RESULTS.change));
    const folded = CHARTS.change + 1;
    // Each opened table of a chart can be scrolled, too: it is a stop of its own.
    const { reached, opened } = await walkByKeyboard(browser, 2 * folded + 2);
    expect(reached.filter((what) => what === 'The numbers')).toHaveLength(CHARTS.change);
    expect(reached).toContain('1 note about the numbers');
    expect(opened).toBe(folded);
  });
});
