const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', '0': '\0', a: '\u0007', b: '\b', v: '\v', f: '\f' },
  ...{ e: '\u001b', ' ': ' ', '"': '"', '/': '/', '\\': '\\', N: '\u0085', _: '\u00a0' },
};
const ESCAPE = /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/gs;
/** What stands before the closing quote of a text, on the line that has it. */
const BEFORE_END = { '"': /^(?:[^"\\]|\\.)*(?=")/, "'": /^(?:[^']|'')*(?='(?!'))/ } as const;

/**
 * A text that stands behind `key: `, in double quotes, in single quotes, or in none (YAML 1.2, chapter
 * 7.3). A writer may have folded it into several lines: these are joined by one blank, or by nothing
 * behind a backslash.
 */
export class YamlScalar {
  readonly #quote: '"' | "'" | null;
  readonly #lines: string[] = [];
  #whole = false;
  /** How many characters have come so far. */
  length = 0;

  /** @param text what stands behind the key on its line */
  constructor(text: string) {
    const trimmed = text.trim();
    this.#quote = trimmed.startsWith('"') ? '"' : trimmed.startsWith("'") ? "'" : null;
    this.#add(this.#quote === null ? trimmed : trimmed.slice(1));
  }

  /** Takes the next line, where the text goes on. */
  fold(line: string): void {
    this.#add(line.trim());
  }

  /** The text; `null` as long as its closing quote has not come. */
  get value(): string | null {
    if (!this.#whole) return null;
    if (this.#quote !== '"') return this.#lines.join(' ').replaceAll("''", "'");
    const last = this.#lines.length - 1;
    const joined = this.#lines.map((line, index) => {
      if (index === last) return line;
      return endsInBackslash(line) ? line.slice(0, -1) : `${line} `;
    });
    return unescape(joined.join(''));
  }

  #add(line: string): void {
    this.length += line.length;
    const end = this.#quote === null ? line : BEFORE_END[this.#quote].exec(line)?.[0];
    this.#whole = end !== undefined;
    this.#lines.push(end ?? line);
  }
}

/** Tells whether a line ends in a backslash that is not itself escaped. */
function endsInBackslash(line: string): boolean {
  let end = line.length;
  while (line[end - 1] === '\\') end -= 1;
  return (line.length - end) % 2 === 1;
}

function unescape(text: string): string {
  return text.replace(ESCAPE, (whole, x?: string, u?: string, long?: string, one?: string) => {
    const code = x ?? u ?? long;
    if (code === undefined) return ESCAPES[one ?? ''] ?? whole;
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? whole : String.fromCodePoint(point);
  });
}
