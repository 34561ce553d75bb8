import { printableText } from '../../words/plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML and SVG, between tags and in quoted attributes alike. */
export function escapeText(text: string): string {
  return printableText(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
