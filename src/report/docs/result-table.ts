import { resultJsonSchema } from '../../contract/tune/result.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** What stands elsewhere: the input's table in the README, and warnings and advice with the facts of their code. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'input',
  'warnings[]',
  'advice[]',
  'sizes[].reasonFacts',
]);

/** Returns the table of a result's keys, made from the schema so that it cannot drift. */
export function resultTable(): string {
  const rows = rowsOf('', resultJsonSchema() as Schema).map(
    ({ key, kind, meaning }) => `| \`${key}\` | ${kind} | ${meaning} |`,
  );
  return ['| key | value | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

interface Row {
  readonly key: string;
  readonly kind: string;
  readonly meaning: string;
}

function rowsOf(path: string, { properties = {}, required = [] }: Schema): readonly Row[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const key = `${path}${name}`;
    const kind = [
      kindOf(property),
      ...(isNullable(property) ? ['`null`'] : []),
      ...(required.includes(name) ? [] : ['left out']),
    ].join(' or ');
    const inner = innerOf(property);
    const items = inner.items === undefined ? null : innerOf(inner.items);
    const below =
      items === null ? { path: key, schema: inner } : { path: `${key}[]`, schema: items };
    const rows = ELSEWHERE.has(below.path) ? [] : rowsOf(`${below.path}.`, below.schema);
    return [{ key, kind, meaning: property.description ?? '' }, ...rows];
  });
}

/** Without the alternative that it is `null`. */
function innerOf(schema: Schema): Schema {
  const others = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  return others.length === 1 && others[0] !== undefined ? others[0] : schema;
}

function isNullable({ type, anyOf = [] }: Schema): boolean {
  return (Array.isArray(type) && type.includes('null')) || anyOf.some((one) => one.type === 'null');
}

function kindOf(schema: Schema): string {
  const inner = innerOf(schema);
  if (inner.const !== undefined) return `\`${JSON.stringify(inner.const)}\``;
  if (inner.enum !== undefined) {
    return inner.enum
      .filter((value) => value !== null)
      .map((value) => `\`${JSON.stringify(value)}\``)
      .join(', ');
  }
  if (inner.items !== undefined) return 'list';
  const types = Array.isArray(inner.type) ? inner.type : [inner.type ?? 'object'];
  const names = types.filter((type) => type !== 'null');
  return names.map((name) => (name === 'integer' ? 'whole number' : String(name))).join(' or ');
}
