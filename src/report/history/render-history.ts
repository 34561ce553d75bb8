import type { HistoryAnswer, HistoryResult, HistorySpent } from '../../contract/history/history.ts';
import { historyCsv } from './history-csv.ts';
import { historyHtml } from './history-html.ts';
import { historyMarkdown } from './history-markdown.ts';

/** How histories can be written to a file, by the end of its name. */
export const HISTORY_FORMATS = {
  '.json': 'json',
  '.md': 'markdown',
  '.html': 'html',
  '.csv': 'csv',
} as const;

export type HistoryFormat = (typeof HISTORY_FORMATS)[keyof typeof HISTORY_FORMATS];

/** Returns the format that a path asks for; `null` where its ending names none. */
export function historyFormat(path: string): HistoryFormat | null {
  const lower = path.toLowerCase();
  return Object.entries(HISTORY_FORMATS).find(([end]) => lower.endsWith(end))?.[1] ?? null;
}

export function historyJson(answers: readonly HistoryAnswer[], spent: HistorySpent): HistoryResult {
  return { schemaVersion: 1, functions: answers, spent };
}

export function renderHistory(
  format: HistoryFormat,
  answers: readonly HistoryAnswer[],
  spent: HistorySpent,
): string {
  const json = historyJson(answers, spent);
  if (format === 'json') return `${JSON.stringify(json, null, 2)}\n`;
  if (format === 'markdown') return historyMarkdown(answers);
  return format === 'csv' ? historyCsv(answers) : historyHtml(answers, json);
}
