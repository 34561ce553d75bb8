import { type Child, type Markup, element } from '../markup/element.ts';
import { embeddedJson } from '../markup/embedded-json.ts';
import { PAGE_STYLE } from './page-style.ts';

/** The page may load nothing and run nothing: it has its own style, and data that no browser executes. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The stylesheet is ours and holds nothing of the result. */
const STYLE: Markup = { markup: `<style>${PAGE_STYLE}</style>` };

/**
 * Returns a whole page: no script, nothing loaded, light and dark, and what it was made of as JSON inside
 * (`#result`). It is HTML and well-formed XML at once.
 */
export function pageFrame(title: string, data: unknown, ...children: readonly Child[]): string {
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('title', {}, title),
      STYLE,
    ),
    element(
      'body',
      {},
      element(
        'main',
        {},
        ...children,
        element(
          'footer',
          {},
          'Made by Powerdial. Every interval is 95 %. ',
          element('span', { class: 'screen' }, 'The result is embedded in this page as JSON.'),
        ),
      ),
      embeddedJson('result', data),
    ),
  );
  return `<!DOCTYPE html>\n${page.markup}\n`;
}

/** Returns a part of the page under its heading. */
export function section(title: string, ...children: readonly Child[]): Markup {
  return element('section', {}, element('h2', {}, title), ...children);
}

/** Returns short facts with their labels, one after the other on a line. */
export function aboutList(
  facts: readonly { readonly label: string; readonly text: string }[],
): Markup {
  return element(
    'dl',
    { class: 'about' },
    ...facts.map(({ label, text }) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, text)),
    ),
  );
}

/** Returns what to heed before anything is changed, in one line; `null` where there is nothing. */
export function blockersLine(texts: readonly string[]): Markup | null {
  return texts.length === 0
    ? null
    : element('p', { class: 'blockers' }, `Before you act: ${texts.join(' ')}`);
}

/** Returns notes about the numbers, folded into one line; `null` where there are none. */
export function foldedNotes(texts: readonly string[]): Markup | null {
  if (texts.length === 0) return null;
  const count = `${texts.length} note${texts.length === 1 ? '' : 's'} about the numbers`;
  return element(
    'details',
    { class: 'notes' },
    element('summary', {}, count),
    element('ul', {}, ...texts.map((text) => element('li', {}, text))),
  );
}
