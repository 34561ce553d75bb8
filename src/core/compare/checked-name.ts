import type { CheckConfigFunction } from '../../contract/check/check-config.ts';
import { parseFunctionRef } from '../target/function-ref.ts';

type Entry = Pick<CheckConfigFunction, 'name' | 'function' | 'local'>;

/**
 * Tells what results, baselines and rules call a function of the configuration: its `name`, else the plain
 * name of its function, without account, region or qualifier, else its handler's.
 */
export function entryName(entry: Entry): string {
  return (
    entry.name ??
    (entry.local === undefined ? plainName(entry.function ?? '') : handlerName(entry.local.head))
  );
}

/** `arn:aws:lambda:eu-west-1:123456789012:function:orders:live` is `orders`; what is no function stays. */
export function plainName(text: string): string {
  return parseFunctionRef(text)?.functionName.split(':').at(-1) ?? text;
}

/** `examples/thumbnail/handler.mjs` is `thumbnail-handler`. */
export function handlerName(handler: string): string {
  const parts = handler
    .replace(/#.*$/, '')
    .replace(/\.[cm]?js$/, '')
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.slice(-2).join('-') || 'handler';
}

/**
 * Tells whether two names can mean one function: plain, with a qualifier, or as an ARN; two ARNs only if
 * equal.
 */
export function isSameFunction(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [parseFunctionRef(one), parseFunctionRef(other)];
  if (a === null || b === null) return false;
  return a.region !== null && b.region !== null
    ? a.functionName === b.functionName
    : plainName(one) === plainName(other);
}

/** Returns the entries of a configuration that a name means: by their own name, else by their function. */
export function findEntries<Each extends Entry>(
  entries: readonly Each[],
  name: string,
): readonly Each[] {
  const exact = entries.filter((each) => entryName(each) === name || each.function === name);
  return exact.length > 0
    ? exact
    : entries.filter((each) => each.function !== undefined && isSameFunction(each.function, name));
}
