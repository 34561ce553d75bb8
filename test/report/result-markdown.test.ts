import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/report/markdown/escape-markdown.ts';
import { resultMarkdown } from '../../src/report/result-markdown.ts';
import { arbitraryResult } from './fixtures/arbitrary-result.ts';
import { RESULTS } from './fixtures/results.ts';

/** Cells of a table row: bars that no backslash stands before. */
function cellCount(row: string): number {
  return row.split(/(?<!\\)\|/).length - 2;
}

describe('resultMarkdown', () => {
  it.each(['change', 'survivors', 'all-null', 'hostile'] as const)(
    'shows %s as in its golden file',
    async (name) => {
      const markdown = resultMarkdown(RESULTS[name]);
      await expect(markdown).toMatchFileSnapshot(`goldens/${name}.md`);
    },
  );

  it('keeps every row of the table whole, and shows no missing number as a word', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const markdown = resultMarkdown(result);
        expect(markdown).not.toMatch(/null|undefined|nan|infinity/i);
        const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
        expect(rows).toHaveLength(result.sizes.length === 0 ? 0 : result.sizes.length + 2);
        for (const row of rows) expect(cellCount(row)).toBe(9);
      }),
    );
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['a|b', String.raw`a\|b`],
    ['*bold* _it_ `code`', String.raw`\*bold\* \_it\_ \`code\``],
    ['[link](x)', String.raw`\[link\](x)`],
    ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
    ['@octocat', '@\u200boctocat'],
    ['https://example.com', 'https:\u200b//example.com'],
    ['two\nlines', 'two lines'],
  ])('makes %j harmless', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});
