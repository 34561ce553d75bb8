import { isList, isRecord, textOf, Unknown, type Raw, type Value } from '../values/value.ts';
import { odd, refer, withoutReferences, type Resolve } from './refer.ts';
import type { Scope } from './scope.ts';

/** `${Name}`, `${Resource.Attribute}` and the literal `${!Name}` ("Fn::Sub", CloudFormation User Guide, 2026-11). */
const HOLE = /\$\{(!?)([^}]*)\}/g;

/** Works out `Fn::Sub`. One hole that cannot be known leaves the whole text unknown. */
export function substitute(argument: Raw, scope: Scope, depth: number, resolve: Resolve): Value {
  const [text, own] = isList(argument) ? argument : [argument];
  if (typeof text !== 'string') return odd('Fn::Sub');
  const names = own !== undefined && isRecord(own) ? own : {};
  const unknown: Unknown[] = [];
  const filled = text.replaceAll(HOLE, (_, literal: string, hole: string) => {
    const name = hole.trim();
    if (literal === '!') return `\${${hole}}`;
    const value = textOf(
      Object.hasOwn(names, name) ? resolve(names[name], scope, depth) : valueOf(name, scope),
    );
    if (value instanceof Unknown) unknown.push(value);
    return value === null || value instanceof Unknown ? '' : value;
  });
  return unknown[0] ?? withoutReferences(filled);
}

function valueOf(name: string, scope: Scope): Value {
  return name.includes('.')
    ? new Unknown(`${name} is known only when it is deployed`)
    : refer(name, scope);
}
