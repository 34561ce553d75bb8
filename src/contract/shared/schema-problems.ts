import { memberOf } from './member-of.ts';
import type { z } from 'zod';
import { nearest } from './nearest.ts';

type Issue = z.core.$ZodIssue;

/**
 * Tells what is wrong with a value, one sentence a problem: where, what was wanted, what is, and for an
 * unknown key the nearest known one. `value` is what was parsed, `schema` names the known keys.
 */
export function schemaProblems(
  error: z.ZodError,
  value: unknown,
  schema: z.ZodType,
): readonly string[] {
  return error.issues.flatMap((issue) => describe(issue, [], value, schema));
}

function describe(
  issue: Issue,
  prefix: readonly PropertyKey[],
  value: unknown,
  schema: z.ZodType,
): readonly string[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(key, path, schema));
  }
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors);
    if (branch !== null) {
      return branch.flatMap((inner) => describe(inner, path, value, schema));
    }
    const wanted = issue.errors.flat().map(wantedOf).join(', or ');
    return [sentence(path, wanted, memberOf(value, ...path))];
  }
  return [
    sentence(path, wantedOf(issue), memberOf(value, ...path)) +
      meantOf(issue, memberOf(value, ...path)),
  ];
}

/** Returns the word that a mistyped one most likely means, where there are words to choose from. */
function meantOf(issue: Issue, value: unknown): string {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return '';
  const meant = nearest(
    value,
    issue.values.filter((known) => typeof known === 'string'),
  );
  return meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`;
}

/**
 * Returns the branch of a union that the value meant: the one whose problems lie deeper than its own type.
 */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const fitting = branches.filter((issues) =>
    issues.every(
      (issue) =>
        issue.path.length > 0 || (issue.code !== 'invalid_type' && issue.code !== 'invalid_value'),
    ),
  );
  return fitting[0] ?? null;
}

function wantedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : article(issue.expected);
    case 'invalid_value':
      return issue.values.map((known) => JSON.stringify(known)).join(', ');
    case 'too_small':
      return bound(
        issue.origin,
        issue.inclusive === false ? 'more than' : 'at least',
        issue.minimum,
      );
    case 'too_big':
      return bound(
        issue.origin,
        issue.inclusive === false ? 'less than' : 'at most',
        issue.maximum,
      );
    default:
      return issue.message.replace(/^wanted /, '');
  }
}

function bound(origin: string, words: string, limit: number | bigint): string {
  const unit = origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : '';
  return `${words} ${limit.toString()}${unit}`;
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function unknownKey(key: string, path: readonly PropertyKey[], schema: z.ZodType): string {
  const meant = nearest(key, knownKeys(schema, path));
  const where = path.length === 0 ? '' : ` in ${pathText(path)}`;
  return `${JSON.stringify(key)}${where} is not a known key${meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`}`;
}

/** Returns every key that the schema knows at a path, read from its JSON Schema so that unions count too. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  type Node = { properties?: Record<string, Node>; anyOf?: Node[]; items?: Node };
  const root = schema.toJSONSchema({ unrepresentable: 'any', io: 'input' }) as Node;
  const open = (node: Node): readonly Node[] => [node, ...(node.anyOf ?? []).flatMap(open)];
  let nodes = open(root);
  for (const step of path) {
    nodes = nodes
      .map((node) => (typeof step === 'number' ? node.items : node.properties?.[String(step)]))
      .filter((node): node is Node => node !== undefined)
      .flatMap(open);
  }
  return nodes.flatMap((node) => Object.keys(node.properties ?? {}));
}

function sentence(path: readonly PropertyKey[], wanted: string, is: unknown): string {
  const found = is === undefined ? 'it is missing' : `it is ${shorten(JSON.stringify(is))}`;
  return `${path.length === 0 ? 'input' : pathText(path)}: wanted ${wanted}, ${found}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number'
        ? `${text}[${step}]`
        : text === ''
          ? String(step)
          : `${text}.${String(step)}`,
    '',
  );
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
