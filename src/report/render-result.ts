import type { Result } from '../contract/tune/result.ts';
import type { ResultFormat } from './format-for.ts';
import { observationsCsv } from './observations-csv.ts';
import { resultCsv } from './result-csv.ts';
import { resultHtml } from './result-html.ts';
import { resultMarkdown } from './result-markdown.ts';
import { resultSvg } from './result-svg.ts';

const RENDERERS: Readonly<Record<ResultFormat, (result: Result) => string>> = {
  json: (result) => `${JSON.stringify(result, null, 2)}\n`,
  markdown: resultMarkdown,
  html: resultHtml,
  csv: resultCsv,
  'observations-csv': observationsCsv,
  svg: resultSvg,
};

/** Returns a result as the text of a file. */
export function renderResult(result: Result, format: ResultFormat): string {
  return RENDERERS[format](result);
}
