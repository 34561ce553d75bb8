import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { checkHtml } from '../../../src/report/check/check-html.ts';
import { resultHtml } from '../../../src/report/result-html.ts';
import { targetName } from '../../../src/words/result/target.ts';
import { toCheckTable } from '../../../src/stages/check/check-codec.ts';
import { sideOf } from '../../core/compare/sides.ts';
import { checked, OPEN, OVER, REGRESSED, result } from '../fixtures/checks.ts';
import { HOSTILE, RESULTS } from '../fixtures/results.ts';
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

interface Page {
  readonly html: string;
  readonly title: string;
  /** Charts that there is something to draw in. */
  readonly charts: number;
  readonly data: unknown;
}

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

const side = sideOf([97, 98, 99, 100, 101]);
const COMPARED = result([
  {
    ...checked(HOSTILE, [REGRESSED, OVER, OPEN]),
    observations: toCheckTable({ base: side.observations, head: side.observations }),
  },
]);

const PAGES: Readonly<Record<string, Page>> = {
  ...Object.fromEntries(
    Object.entries(RESULTS).map(([name, data]) => [
      name,
      {
        html: resultHtml(data),
        title: `${targetName(data)}: memory and timeout`,
        charts: CHARTS[name as keyof typeof RESULTS],
        data,
      },
    ]),
  ),
  // Before and after, changes, and the invocations of both sides.
  compared: {
    html: checkHtml(COMPARED, {
      title: 'Before and after',
      results: { before: RESULTS.told, after: RESULTS['forty-six'] },
    }),
    title: 'Before and after',
    charts: 4,
    data: COMPARED,
  },
};

const htmlOf = (name: string): string => PAGES[name]?.html ?? '';

describe.skipIf(command === null)('the page in a browser', () => {
  let findings: readonly PageFindings[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser(command ?? '');
    const pages = new Map(Object.entries(PAGES).map(([name, { html }]) => [name, html]));
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
    it.each(Object.entries(PAGES))(
      'shows %s whole at every width, and no label lies on another',
      (name, { title, charts, data }) => {
        const found = findings.filter((page) => page.name === name && page.family === familyName);
        expect(found.map(({ width }) => width)).toEqual(widths);
        for (const page of found) {
          expect(page.title).toBe(title);
          expect(page.scripts).toBe(1);
          expect(page.charts).toBe(charts);
          expect(page.overflow).toBe(0);
          expect(page.overfull).toEqual([]);
          expect(page.clipped).toEqual([]);
          expect(page.collisions).toEqual([]);
          expect(JSON.parse(page.data)).toEqual(data);
        }
      },
    );
  });

  it.each(['told', 'hostile', 'forty-six', 'compared'])(
    'prints %s on one sheet of A4 and of Letter',
    async (name) => {
      await openPage(browser, htmlOf(name));
      expect(await countSheets(browser, 'A4')).toBe(1);
      expect(await countSheets(browser, 'Letter')).toBe(1);
    },
  );

  it.each([
    { name: 'told', view: { width: 1080, scheme: 'light' } },
    { name: 'hostile', view: { width: 360, scheme: 'dark' } },
    { name: 'compared', view: { width: 360, scheme: 'light' } },
  ] as const)('gives axe-core nothing to find in $name ($view.scheme)', async ({ name, view }) => {
    await openPage(browser, htmlOf(name));
    expect(await findAxeViolations(browser, view)).toEqual([]);
  });

  it('lets the keyboard reach and open everything that is folded', async () => {
    await openPage(browser, htmlOf('change'));
    const folded = CHARTS.change + 1;
    // Each opened table of a chart can be scrolled, too: it is a stop of its own.
    const { reached, opened } = await walkByKeyboard(browser, 2 * folded + 2);
    expect(reached.filter((what) => what === 'The numbers')).toHaveLength(CHARTS.change);
    expect(reached).toContain('1 note about the numbers');
    expect(opened).toBe(folded);
  });
});
