import type { Markup } from './element.ts';

/** What could end a script element, open a comment or trouble an XML parser; all are legal JSON escapes. */
const ESCAPES: Readonly<Record<string, string>> = {
  '<': String.raw`\u003c`,
  '>': String.raw`\u003e`,
  '&': String.raw`\u0026`,
  '\u2028': String.raw`\u2028`,
  '\u2029': String.raw`\u2029`,
  '\ufffe': String.raw`\ufffe`,
  '\uffff': String.raw`\uffff`,
};

/** Data inside a page, for programs: `JSON.parse` of the element's text gives the value back. */
export function embeddedJson(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029\ufffe\uffff]/g,
    (char) => ESCAPES[char] ?? char,
  );
  return { markup: `<script type="application/json" id="${id}">${json}</script>` };
}
