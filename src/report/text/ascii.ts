/** What our own sentences use beyond ASCII. Done before anything is measured, so widths may change. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '±': '+-',
  '→': '->',
  '≈': '~',
  µ: 'u',
  '×': 'x',
  '·': '-',
  '•': '*',
  '▸': '>',
  '…': '...',
  '≤': '<=',
  '≥': '>=',
  '’': "'",
  '“': '"',
  '”': '"',
  '\u00a0': ' ',
};

/** For terminals that are not UTF-8: what has no likeness becomes a question mark. */
export function asciiText(text: string): string {
  return text.replace(/[^\x20-\x7e\n]/gu, (char) => REPLACEMENTS[char] ?? '?');
}
