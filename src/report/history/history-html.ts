import type { HistoryAnswer } from '../../contract/history/history.ts';
import { element, fragment, type Markup } from '../markup/element.ts';
import { embeddedJson } from '../markup/embedded-json.ts';
import { PAGE_STYLE } from '../page/page-style.ts';
import {
  historyHeadline,
  historySentences,
  RANKING_HEADINGS,
  rankingCells,
} from './history-lines.ts';
import { SIZE_HEADINGS, sizeCells } from './size-cells.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/** The stylesheet is ours and holds nothing of the logs. */
const STYLE: Markup = { markup: `<style>${PAGE_STYLE}</style>` };
const BAR_WIDTH = 160;

/** Returns a page that loads and runs nothing: the ranking with a bar for money, then every function. */
export function historyHtml(answers: readonly HistoryAnswer[], json: object): string {
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('title', {}, 'Powerdial: history'),
      STYLE,
    ),
    element(
      'body',
      {},
      element(
        'main',
        {},
        element('h1', {}, 'What production logs say'),
        answers.length < 2 ? null : ranking(answers),
        ...answers.map(one),
        embeddedJson('result', json),
      ),
    ),
  );
  return `<!DOCTYPE html>\n${page.markup}\n`;
}

function ranking(answers: readonly HistoryAnswer[]): Markup {
  const money = (answer: HistoryAnswer): number => answer.history?.ceiling?.usdPerMonth ?? 0;
  const most = Math.max(...answers.map(money), 0);
  const bar = (answer: HistoryAnswer): Markup =>
    element(
      'svg',
      { width: BAR_WIDTH, height: 12, role: 'img', 'aria-label': 'share of the largest saving' },
      element('rect', {
        width: most === 0 ? 0 : (BAR_WIDTH * money(answer)) / most,
        height: 12,
        fill: (answer.history?.risks.length ?? 0) > 0 ? 'var(--warn-edge)' : 'var(--best)',
      }),
    );
  return element(
    'section',
    { class: 'scroll' },
    element(
      'table',
      {},
      headings([...RANKING_HEADINGS, '']),
      element(
        'tbody',
        {},
        ...answers.map((answer) =>
          element(
            'tr',
            {},
            ...rankingCells(answer).map((cell) => element('td', { class: 'words' }, cell)),
            element('td', {}, bar(answer)),
          ),
        ),
      ),
    ),
  );
}

function one(answer: HistoryAnswer): Markup {
  const { history, problem } = answer;
  const sentences = historySentences(answer).map((each) => element('p', {}, each));
  if (history === null) {
    return element(
      'section',
      {},
      element('h2', {}, answer.function),
      element('p', { class: 'note' }, problem ?? ''),
      ...sentences,
    );
  }
  return element(
    'section',
    {},
    element('h2', {}, historyHeadline(answer.function, history)),
    element(
      'div',
      { class: 'scroll' },
      element(
        'table',
        {},
        headings(SIZE_HEADINGS),
        element(
          'tbody',
          {},
          ...history.sizes.map((size) =>
            element(
              'tr',
              { class: size.memoryMb === history.presentMb ? 'best' : null },
              ...sizeCells(size, history.currency).map((cell) => element('td', {}, cell)),
            ),
          ),
        ),
      ),
    ),
    fragment(...sentences),
  );
}

function headings(names: readonly string[]): Markup {
  return element('thead', {}, element('tr', {}, ...names.map((name) => element('th', {}, name))));
}
