import { isList, type Json } from '../../contract/shared/json.ts';
import { refusedReferences, type ScopeAccess } from './expression-scope.ts';
import type { ParseContext } from './parse-context.ts';
import type { Place } from './place.ts';
import type { Expression, Template, TemplateNode } from './template.ts';

export const INPUT_ONLY: ScopeAccess = { result: false, errorOutput: false };

/**
 * Reads a field that may hold expressions. A string is one when all of it is enclosed in `{%` and `%}`;
 * one that only begins or only ends like that is a mistake.
 */
export function parseTemplate(
  value: Json,
  place: Place,
  access: ScopeAccess,
  context: ParseContext,
): Template {
  const expressions: Expression[] = [];

  const parse = (part: Json, at: Place): TemplateNode => {
    if (typeof part === 'string') return parseString(part, at);
    if (typeof part !== 'object' || part === null) return { kind: 'literal', value: part };
    if (isList(part)) {
      const items = part.map((item, index) => parse(item, at.index(index)));
      return items.every(isLiteral) ? { kind: 'literal', value: part } : { kind: 'array', items };
    }
    const entries = Object.entries(part).map(
      ([key, child]) => [key, parse(child, at.key(key))] as const,
    );
    return entries.every(([, child]) => isLiteral(child))
      ? { kind: 'literal', value: part }
      : { kind: 'object', entries };
  };

  const parseString = (text: string, at: Place): TemplateNode => {
    const opens = text.startsWith('{%');
    const closes = text.endsWith('%}');
    if (!opens && !closes) return { kind: 'literal', value: text };
    if (!opens || !closes || text.length < 4) {
      context.report(at, 'An expression must begin with {% and end with %}.');
      return { kind: 'literal', value: text };
    }
    const source = text.slice(2, -2).trim();
    checkExpression(source, at, access, context);
    expressions.push({ source, field: at.field });
    return { kind: 'expression', index: expressions.length - 1 };
  };

  return { node: parse(value, place), expressions };
}

/** Tells whether the field is one expression, whose value is only known when the state runs. */
export function isExpression(template: Template): boolean {
  return template.node.kind === 'expression';
}

function checkExpression(
  source: string,
  at: Place,
  access: ScopeAccess,
  { sandbox, report }: ParseContext,
): void {
  const parsed = sandbox.parse(source);
  if (parsed.kind === 'failure') {
    const { code, message } = parsed.failure;
    report(at, `The JSONata expression '${source}' does not parse. ${code}: ${message}`);
    return;
  }
  for (const message of refusedReferences(parsed.tree, access)) report(at, message);
}

function isLiteral(node: TemplateNode): boolean {
  return node.kind === 'literal';
}
