/**
 * Returns the properties that have a value. CDK treats `undefined` as a value of its own and not as "not
 * given".
 */
export function leaveOutUndefined<T extends object>(
  properties: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
