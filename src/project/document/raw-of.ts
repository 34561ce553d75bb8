import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { isList, isRecord, type Raw } from '../values/value.ts';

/** A template of this many values is none that anybody wrote: aliases of aliases grow without end. */
const MOST_VALUES = 500_000;

/** A document that comes to more values than a template has. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** Returns what a node says, with CloudFormation's short tags written out, and aliases and `<<` carried out. */
export function rawOf(node: Node): Raw {
  let count = 0;
  let aliases = 0;
  // Asking the library for an alias's target walks through the whole document each time.
  const anchors = new Map<string, Node>();
  const read = (each: unknown): Raw => {
    count += 1;
    if (count > MOST_VALUES) {
      throw new TooMuch(`wanted at most ${MOST_VALUES} values, aliases make it more`);
    }
    if (!isNode(each)) return null;
    if (isAlias(each)) {
      const target = anchors.get(each.source);
      aliases += 1;
      const raw = target === undefined ? null : read(target);
      aliases -= 1;
      return raw;
    }
    // An anchor may be given anew further down; what an alias repeats gives none.
    if ('anchor' in each && aliases === 0) {
      anchors.set(each.anchor, each);
    }
    if (isScalar(each)) return written(each.tag, scalar(each.value));
    if (isSeq(each)) return written(each.tag, each.items.map(read));
    return isMap(each) ? written(each.tag, readMap(each, read)) : null;
  };
  return read(node);
}

function scalar(value: unknown): Raw {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    default:
      // Dates and binary data of other schemas, which this one has not.
      return null;
  }
}

function readMap(map: YAMLMap, read: (node: unknown) => Raw): Raw {
  const own: Record<string, Raw> = {};
  const merged: Record<string, Raw> = {};
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    const raw = read(value);
    // YAML 1.1's merge key, which js-yaml and PyYAML both know.
    if (name === '<<' && typeof raw === 'object' && raw !== null) {
      for (const each of isList(raw) ? raw : [raw]) {
        if (isRecord(each))
          for (const [at, one] of Object.entries(each)) put(merged, at, one, false);
      }
    } else put(own, name, raw, true);
  }
  for (const [name, raw] of Object.entries(merged)) put(own, name, raw, false);
  return own;
}

/** A key may be named as anything, also as `__proto__`. */
function put(into: Record<string, Raw>, name: string, value: Raw, wins: boolean): void {
  if (!wins && Object.hasOwn(into, name)) return;
  Object.defineProperty(into, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Writes a short form out: `!GetAtt a.b` is `{'Fn::GetAtt': ['a', 'b']}`. */
function written(tag: string | undefined, raw: Raw): Raw {
  if (tag === undefined || !tag.startsWith('!') || tag.startsWith('!!')) return raw;
  const name = tag.slice(1);
  if (name === '') return raw;
  if (name === 'Ref' || name === 'Condition') return { [name]: raw };
  if (name === 'GetAtt' && typeof raw === 'string') {
    const dot = raw.indexOf('.');
    return { 'Fn::GetAtt': dot === -1 ? [raw] : [raw.slice(0, dot), raw.slice(dot + 1)] };
  }
  return { [`Fn::${name}`]: raw };
}
