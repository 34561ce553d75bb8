import type { Result } from '../../contract/tune/result.ts';
import { formatFor, type ResultFormat } from '../../report/format-for.ts';
import type { OutputFile } from '../shared/outputs/write-files.ts';
import type { TuneOptions } from './tune-options.ts';

/** Returns a result as every file of `--out` holds it, each in the format of its extension. */
export async function renderOutputs(
  result: Result,
  { out = [], title }: Pick<TuneOptions, 'out' | 'title'>,
): Promise<readonly OutputFile[]> {
  const files: OutputFile[] = [];
  for (const path of out) {
    const choice = formatFor(path);
    if (choice.kind !== 'format') throw new Error(choice.message);
    files.push({ path, content: await render(result, choice.format, title ?? null) });
  }
  return files;
}

/** Reports are loaded only when one is asked for. */
async function render(result: Result, format: ResultFormat, title: string | null): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(result, null, 2)}\n`;
    case 'markdown':
      return (await import('../../report/result-markdown.ts')).resultMarkdown(result);
    case 'csv':
      return (await import('../../report/result-csv.ts')).resultCsv(result);
    case 'observations-csv':
      return (await import('../../report/observations-csv.ts')).observationsCsv(result);
    case 'html':
      return (await import('../../report/result-html.ts')).resultHtml(result, { title });
    case 'svg':
      return (await import('../../report/result-svg.ts')).resultSvg(result);
  }
}
