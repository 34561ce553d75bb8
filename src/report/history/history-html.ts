import type { HistoryAnswer } from '../../contract/history/history.ts';
import { element, fragment, type Markup } from '../markup/element.ts';
import { figures } from '../page/figure.ts';
import { pageFrame } from '../page/page-frame.ts';
import { durationChart } from './duration-chart.ts';
import {
  historyHeadline,
  historySentences,
  RANKING_HEADINGS,
  rankingCells,
} from './history-lines.ts';
import { riskBars } from './risk-bars.ts';
import { SIZE_HEADINGS, sizeCells } from './size-cells.ts';

const BAR_WIDTH = 160;

/**
 * Returns a page that loads and runs nothing: the ranking with bars for money and for what is near its limit, then
 * every function with its sizes and how its durations lie.
 */
export function historyHtml(answers: readonly HistoryAnswer[], json: object): string {
  return pageFrame(
    'Powerdial: history',
    json,
    element('h1', {}, 'What production logs say'),
    answers.length < 2 ? null : ranking(answers),
    ...answers.map(functionSection),
  );
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
        class: 'pd-after',
      }),
    );
  return element(
    'section',
    { class: 'scroll' },
    element(
      'table',
      {},
      headings([...RANKING_HEADINGS, 'saving', 'memory used', 'timeout used']),
      element(
        'tbody',
        {},
        ...answers.map((answer) =>
          element(
            'tr',
            {},
            ...rankingCells(answer).map((cell) => element('td', { class: 'words' }, cell)),
            element('td', {}, bar(answer)),
            ...Object.values(riskBars(answer)).map((each) => element('td', {}, each)),
          ),
        ),
      ),
    ),
  );
}

function functionSection(answer: HistoryAnswer, place: number): Markup {
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
    figures('figures', [durationChart(history, place)]),
  );
}

function headings(names: readonly string[]): Markup {
  return element('thead', {}, element('tr', {}, ...names.map((name) => element('th', {}, name))));
}
