import { writeFile } from 'node:fs/promises';
import type { Result } from '../../contract/result.ts';
import { formatFor, type ResultFormat } from '../../report/format-for.ts';

/** Writes a result to every file of `--out`, each in the format of its extension. */
export async function writeOutputs(result: Result, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const choice = formatFor(path);
    if (choice.kind !== 'format') throw new Error(choice.message);
    await writeFile(path, await render(result, choice.format));
  }
}

/** Reports are loaded only when one is asked for. */
async function render(result: Result, format: ResultFormat): Promise<string> {
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
      return (await import('../../report/result-html.ts')).resultHtml(result);
    case 'svg':
      return (await import('../../report/result-svg.ts')).resultSvg(result);
  }
}
