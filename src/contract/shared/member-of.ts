/** Returns what stands in a value of unknown form under a path of keys; `undefined` where nothing does. */
export function memberOf(value: unknown, ...path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key): unknown =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
