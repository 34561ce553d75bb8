import type { ValuePlace } from './value-place.ts';

/** A block of a .tf file: its text lies between its braces. */
export interface TextBlock {
  readonly start: number;
  readonly end: number;
  /** `count` or `for_each` make several resources of it, which share what stands there. */
  readonly isRepeated: boolean;
}

/** Finds the block with a header such as `resource "aws_sqs_queue" "jobs"`; `null` where the file has none. */
export function blockIn(text: string, header: readonly string[]): TextBlock | null {
  const plain = withoutProse(text);
  const words = header.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+');
  const match = new RegExp(`(?:^|\\n)[ \\t]*${words}\\s*\\{`).exec(plain);
  if (match === null) return null;
  const start = match.index + match[0].length;
  let depth = 1;
  let end = start;
  for (; end < plain.length && depth > 0; end++) {
    if (plain[end] === '{') depth += 1;
    else if (plain[end] === '}') depth -= 1;
  }
  if (depth > 0) return null;
  const block = { start, end: end - 1, isRepeated: false };
  const isRepeated = ['count', 'for_each'].some(
    (name) => attributeIn(text, block, name).kind !== 'absent',
  );
  return { ...block, isRepeated };
}

/** Finds an attribute that stands in a block itself, and not in a block within it. */
export function attributeIn(text: string, { start, end }: TextBlock, name: string): ValuePlace {
  const plain = withoutProse(text);
  let depth = 0;
  let from = start;
  while (from < end) {
    const newline = plain.indexOf('\n', from);
    const to = newline === -1 || newline > end ? end : newline;
    const line = plain.slice(from, to);
    const match = depth === 0 ? new RegExp(`^\\s*${name}\\s*=\\s*`).exec(line) : null;
    if (match !== null) {
      const at = from + match[0].length;
      const number = text.slice(0, from).split('\n').length;
      const value = text.slice(at, to);
      const [, digits] = /^(\d+)\s*$/.exec(plain.slice(at, to)) ?? [];
      return digits === undefined
        ? { kind: 'other', source: value.replace(/\s+(#|\/\/).*$/, '').trim(), line: number }
        : {
            kind: 'literal',
            value: Number(digits),
            start: at,
            end: at + digits.length,
            line: number,
          };
    }
    for (const letter of line)
      depth += '{[('.includes(letter) ? 1 : '}])'.includes(letter) ? -1 : 0;
    from = to + 1;
  }
  return { kind: 'absent' };
}

/**
 * Returns a text of the same length without comments, heredocs and the content of strings, so that braces and
 * names in them count for nothing. Names in quotes stay: headers of blocks are such.
 */
function withoutProse(text: string): string {
  const blank = (piece: string): string => piece.replaceAll(/[^\n]/g, ' ');
  return text.replaceAll(
    /#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/|<<-?\s*([A-Za-z_][A-Za-z0-9_]*)[^]*?\n[ \t]*\1[ \t]*(?=\r?\n|$)|"(?:\\.|\$\{[^}]*\}|[^"\\])*"/g,
    (piece: string) => (/^"[\w.-]*"$/.test(piece) ? piece : blank(piece)),
  );
}
