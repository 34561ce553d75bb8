/** Returns a definition with its placeholders replaced, as a deployment does. */
export function fillIn(definition: unknown, values: ReadonlyMap<string, string>): unknown {
  const fill = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? (values.get(value) ?? value) : value;
  return JSON.parse(JSON.stringify(definition, fill));
}
