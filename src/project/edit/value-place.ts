import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { ParsedTemplate } from '../document/parse-document.ts';

/** Where the value of a key is written. */
export type ValuePlace =
  /** A whole number, as it stands: from `start` to `end` are its digits, without quotes. */
  | {
      readonly kind: 'literal';
      readonly value: number;
      readonly start: number;
      readonly end: number;
      readonly line: number;
    }
  /** Something else stands there. `source` is that, as people find it in the file. */
  | { readonly kind: 'other'; readonly source: string; readonly line: number }
  | { readonly kind: 'absent' };

/** Follows keys to a value, without any alias or merge key on the way: those stand for more than one place. */
export function placeOf(template: ParsedTemplate, path: readonly string[]): ValuePlace {
  let node: unknown = template.document.contents;
  let line = 1;
  for (const key of path) {
    if (!isMap(node)) return otherOrAbsent(node, line, template);
    const pair: Pair | undefined = node.items.findLast(
      (each) => isScalar(each.key) && String(each.key.value) === key,
    );
    if (pair === undefined) {
      const merged = node.items.find((each) => isScalar(each.key) && each.key.value === '<<');
      return merged === undefined
        ? { kind: 'absent' }
        : { kind: 'other', source: 'a merge key (<<)', line: lineOf(merged.value, line, template) };
    }
    node = pair.value;
    line = lineOf(pair.key, line, template);
  }
  return literal(node, line, template) ?? other(node, line, template);
}

function literal(node: unknown, line: number, { text }: ParsedTemplate): ValuePlace | null {
  if (!isScalar(node) || !Array.isArray(node.range) || node.tag?.startsWith('!') === true)
    return null;
  const [start, end] = node.range;
  const match = /^(["']?)(\d+)\1$/.exec(text.slice(start, end));
  if (match === null) return null;
  const [, quote = '', digits = ''] = match;
  const from = start + quote.length;
  return { kind: 'literal', value: Number(digits), start: from, end: from + digits.length, line };
}

function other(node: unknown, line: number, template: ParsedTemplate): ValuePlace {
  if (isAlias(node)) return { kind: 'other', source: `the anchor &${node.source}`, line };
  const range = (node as Node | null)?.range;
  if (range === undefined || range === null) return { kind: 'absent' };
  const text = template.text.slice(range[0], range[1]).replaceAll(/\s+/g, ' ').trim();
  const tag = (node as Node & { readonly tag?: string }).tag;
  const written = tag?.startsWith('!') === true ? `${tag} ${text}` : text;
  return {
    kind: 'other',
    source: written.length > 60 ? `${written.slice(0, 60)}…` : written,
    line,
  };
}

/** What stands where a map was wanted: `functions: ${file(functions.yml)}`. */
function otherOrAbsent(node: unknown, line: number, template: ParsedTemplate): ValuePlace {
  if (isSeq(node)) return { kind: 'other', source: 'a list', line };
  return node === null || (isScalar(node) && node.value === null)
    ? { kind: 'absent' }
    : other(node, line, template);
}

function lineOf(node: unknown, byDefault: number, { text }: ParsedTemplate): number {
  const start = (node as Node | null)?.range?.[0];
  return start === undefined ? byDefault : text.slice(0, start).split('\n').length;
}
