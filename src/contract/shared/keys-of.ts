/** Returns the keys of a table whose names are known: `Object.keys` tells texts only. */
export function keysOf<Key extends string>(
  table: Readonly<Partial<Record<Key, unknown>>>,
): readonly Key[] {
  return Object.keys(table) as Key[];
}

/** Returns a table with a value for each of the keys, in their order. */
export function tableOf<Key extends string, T>(
  keys: readonly Key[],
  valueOf: (key: Key) => T,
): Record<Key, T> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, T>;
}

/** Tells whether a text is one of the keys of a table. */
export function isKeyOf<Key extends string>(
  table: Readonly<Partial<Record<Key, unknown>>>,
  text: string,
): text is Key {
  return Object.hasOwn(table, text);
}
