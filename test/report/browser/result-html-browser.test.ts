import { beforeAll, describe, expect, it } from 'vitest';
import { resultHtml } from '../../../src/report/result-html.ts';
import { targetName } from '../../../src/report/words/target.ts';
import { RESULTS } from '../fixtures/results.ts';
import { findBrowser } from './find-browser.ts';
import { inspectPages, type PageFindings } from './inspect-pages.ts';

const browser = findBrowser();
const WIDTHS = [340, 700, 1200];

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
    findings = await inspectPages(browser ?? '', pages, WIDTHS);
  }, 180_000);

  it.each(Object.entries(RESULTS))('shows %s whole at every width', (name, result) => {
    const found = findings.filter((page) => page.name === name);
    expect(found.map(({ width }) => width)).toEqual(WIDTHS);
    for (const page of found) {
      expect(page.title).toBe(`${targetName(result)}: memory and timeout`);
      expect(page.scripts).toBe(1);
      expect(page.charts).toBe(CHARTS[name as keyof typeof RESULTS]);
      expect(page.overflow).toBe(0);
      expect(page.clipped).toEqual([]);
      expect(JSON.parse(page.data)).toEqual(result);
    }
  });
});
