import { plainText } from '../../words/plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Text that GitHub-flavoured Markdown shows as it is, also inside a table: no markup, no HTML, no
 * mention of anybody.
 */
export function escapeMarkdown(text: string): string {
  return plainText(text)
    .replace(/[\\`*_{}[\]#|~]/g, String.raw`\$&`)
    .replace(/[&<>]/g, (char) => ENTITIES[char] ?? char)
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/:\/\//g, ':\u200b//');
}
