import type { Result } from '../../contract/tune/result.ts';
import { adviceSnippets } from '../../words/advice/advice.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** Returns the code that stands beside advice, each piece folded under its sentence; empty without any. */
export function snippetsMarkdown(result: Result): string {
  return adviceSnippets(result)
    .map(({ title, language, text }) => {
      const fence = fenceFor(text);
      return `<details>\n<summary>${escapeMarkdown(title)}</summary>\n\n${fence}${language}\n${text}\n${fence}\n\n</details>`;
    })
    .join('\n\n');
}

/** Longer than every run of backticks within, so that none of them ends the block. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}
