import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { resultSchema } from '../../src/contract/tune/result.ts';
import { PAGE_STYLE } from '../../src/report/page/page-style.ts';
import { resultHtml } from '../../src/report/result-html.ts';
import { resultSvg } from '../../src/report/result-svg.ts';

const FOLDER = 'docs/gallery';
const read = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');
const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith('.html'));
const IN_README = [...read('README.md').matchAll(/\]\((\S+\.html)\)/g)].map(([, name]) => name);

function readEmbedded(html: string): unknown {
  return JSON.parse(
    /<script type="application\/json" id="result">(.*)<\/script>/.exec(html)?.[1] ?? '',
  );
}

describe('the gallery', () => {
  test('lists every page that it has', () => {
    expect(IN_README.toSorted()).toEqual(PAGES.toSorted());
  });

  // What a page holds says what it must look like: nothing has to be run again.
  test.each(PAGES.filter((name) => name !== 'compared.html'))(
    '%s is the page of the result in it, as it is made today; if not: npm run docs',
    (name) => {
      const html = read(name);
      const result = readEmbedded(html) as Result;
      expect(resultSchema.safeParse(result).success).toBe(true);
      expect(html === resultHtml(result)).toBe(true);
      expect(read(name.replace('.html', '.svg')) === resultSvg(result)).toBe(true);
    },
  );

  test('the comparison says that the function regressed, in the looks of today', () => {
    const html = read('compared.html');
    expect(readEmbedded(html)).toMatchObject({ verdict: 'fail' });
    expect(html.includes(PAGE_STYLE)).toBe(true);
    expect(html).toContain('Duration by memory size, before and after');
  });

  test('is small: every visitor of the repository carries it', () => {
    const sizes = readdirSync(FOLDER).map((name) => statSync(path.join(FOLDER, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
  });
});
