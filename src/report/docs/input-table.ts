import { inputSchema } from '../../contract/tune/input.ts';

interface Property {
  readonly default?: unknown;
  readonly description?: string;
}

/** Returns the table of a run's input for the README, made from the schema so that it cannot drift. */
export function inputTable(): string {
  const schema = inputSchema.toJSONSchema({ io: 'input', unrepresentable: 'any' });
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Property>>;
  const required = new Set(schema.required);
  const rows = Object.entries(properties).map(([key, property]) => {
    const fallback = required.has(key) ? 'required' : defaultOf(key, property);
    return `| \`${key}\` | ${fallback} | ${property.description ?? ''} |`;
  });
  return ['| key | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function defaultOf(key: string, property: Property): string {
  const parsed = inputSchema.parse({ function: 'f' }) as Readonly<Record<string, unknown>>;
  const value = property.default !== undefined ? parsed[key] : undefined;
  return value === undefined ? '–' : `\`${JSON.stringify(value)}\``;
}
