import type { HistoryAnswer } from '../../contract/history/history.ts';
import { escapeMarkdown } from '../markdown/escape-markdown.ts';
import { markdownTable } from '../markdown/markdown-table.ts';
import {
  historyHeadline,
  historySentences,
  RANKING_HEADINGS,
  rankingCells,
} from './history-lines.ts';
import { SIZE_HEADINGS, sizeCells } from './size-cells.ts';

/** A ranking where there are several, then every function with its table. */
export function historyMarkdown(answers: readonly HistoryAnswer[]): string {
  const ranking =
    answers.length < 2
      ? []
      : ['# History', table(RANKING_HEADINGS, answers.map(rankingCells), 'left')];
  return `${[...ranking, ...answers.flatMap(functionSection)].join('\n\n')}\n`;
}

function functionSection(answer: HistoryAnswer): readonly string[] {
  const { history, problem } = answer;
  const sentences = historySentences(answer).map((each) => `- ${escapeMarkdown(each)}`);
  if (history === null) {
    return [`## ${escapeMarkdown(answer.function)}`, escapeMarkdown(problem ?? ''), ...sentences];
  }
  const rows = history.sizes.map((size) => sizeCells(size, history.currency));
  return [
    `## ${escapeMarkdown(historyHeadline(answer.function, history))}`,
    table(SIZE_HEADINGS, rows, 'right'),
    sentences.join('\n'),
  ];
}

function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  align: 'left' | 'right',
): string {
  return markdownTable(
    headings.map((heading) => ({ heading, align })),
    rows.map((cells) => cells.map(escapeMarkdown)),
  );
}
