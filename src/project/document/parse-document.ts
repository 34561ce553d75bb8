import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type CollectionTag,
  type Document,
  type Node,
  type ScalarTag,
  type YAMLParseError,
} from 'yaml';
import { isRecord, type Raw } from '../values/value.ts';
import { rawOf, TooMuch } from './raw-of.ts';

/** A template as it was parsed: its values, and where each of them stands in the text. */
export interface ParsedTemplate {
  readonly file: string;
  readonly text: string;
  readonly raw: { readonly [key: string]: Raw };
  readonly document: Document.Parsed;
  /** Whether places in `document` are places in `text`; not where brackets had to be moved to be read. */
  readonly isAsWritten: boolean;
  /** What parsed, and yet may not be what was meant. */
  readonly notices: readonly string[];
  /** The line of a value, from 1; `null` where the path leads nowhere. */
  lineOf(path: readonly (string | number)[]): number | null;
}

export type ReadTemplate =
  | { readonly kind: 'parsed'; readonly template: ParsedTemplate }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * The short forms of CloudFormation's functions ("Intrinsic function reference", CloudFormation User Guide,
 * 2026-11). The tags only have to be known here: `rawOf` writes them out.
 */
export const SHORT_TAGS: readonly string[] = [
  ...['And', 'Base64', 'Cidr', 'Condition', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If'],
  ...['ImportValue', 'Join', 'Length', 'Not', 'Or', 'Ref', 'Select', 'Split', 'Sub'],
  ...['ToJsonString', 'Transform'],
];

const CUSTOM_TAGS: readonly (ScalarTag | CollectionTag)[] = SHORT_TAGS.flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => text },
  { tag: `!${name}`, collection: 'map' as const },
  { tag: `!${name}`, collection: 'seq' as const },
]);

/** Parses YAML or JSON; what does not parse is told by file, line and column. */
export function parseTemplate(file: string, text: string): ReadTemplate {
  const { document, lines, isAsWritten } = parseLeniently(text);
  // Tools that deploy take the last one of two equal keys; so does this, with a word.
  const isTwice = ({ code }: YAMLParseError): boolean => code === 'DUPLICATE_KEY';
  const error = document.errors.find((each) => !isTwice(each));
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    return problem(`${file}:${line}:${col}: it does not parse: ${error.message}`);
  }
  try {
    const raw = document.contents === null ? null : rawOf(document.contents);
    if (raw === null || !isRecord(raw)) {
      return problem(
        `${file}:1:1: wanted a map of keys, as a template has it, it is ${kindOf(document.contents)}`,
      );
    }
    const lineOf = (path: readonly (string | number)[]): number | null => {
      const offset = offsetAt(document, path);
      return offset === null ? null : lines.linePos(offset).line;
    };
    const notices = document.errors.filter(isTwice).map(({ pos }) => {
      const { line } = lines.linePos(pos[0]);
      return `${file}:${line}: a key stands twice in the same map; the last one counts.`;
    });
    return {
      kind: 'parsed',
      template: { file, text, raw, document, isAsWritten, notices, lineOf },
    };
  } catch (error) {
    if (error instanceof TooMuch) return problem(`${file}: ${error.message}`);
    throw error;
  }
}

/** So many lines are moved, and no more: each takes another parse. */
const MOST_MOVES = 200;

/**
 * Parses a text. Lists and maps in brackets may go on at or left of their key for PyYAML, and so for SAM's and
 * CloudFormation's users, and not for YAML 1.2: such lines are moved to the right, which changes nothing of what
 * they say, nor the number of any line.
 */
function parseLeniently(text: string): {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly isAsWritten: boolean;
} {
  let moved = text;
  let asWritten: { readonly document: Document.Parsed; readonly lines: LineCounter } | null = null;
  const seen = new Set<number>();
  for (;;) {
    const lines = new LineCounter();
    const document = parseDocument(moved, {
      lineCounter: lines,
      customTags: [...CUSTOM_TAGS],
      prettyErrors: false,
    });
    const left = document.errors.find(
      ({ code, message }) => code === 'BAD_INDENT' && message.startsWith('Flow '),
    );
    asWritten ??= { document, lines };
    if (left === undefined) return { document, lines, isAsWritten: seen.size === 0 };
    const { line } = lines.linePos(left.pos[0]);
    // Where moving helps nothing, the problem is told as it stands in the file.
    if (seen.has(line) || seen.size === MOST_MOVES) return { ...asWritten, isAsWritten: true };
    seen.add(line);
    const start = moved.lastIndexOf('\n', left.pos[0] - 1) + 1;
    moved = moved.slice(0, start) + ' '.repeat(80) + moved.slice(start);
  }
}

function problem(message: string): ReadTemplate {
  return { kind: 'problem', message };
}

function kindOf(node: Node | null): string {
  if (isSeq(node)) return 'a list';
  return node === null || (isScalar(node) && node.value === null) ? 'empty' : 'a single value';
}

/** Where the key, or the item, that a path leads to begins. */
function offsetAt(document: Document.Parsed, path: readonly (string | number)[]): number | null {
  let node: unknown = document.contents;
  let offset: number | null = null;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === step);
      if (!isPair(pair) || !isScalar(pair.key)) return null;
      offset = pair.key.range?.[0] ?? null;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0] ?? null;
    } else return null;
  }
  return offset;
}
