import { Unknown, type Raw, type Value } from '../values/value.ts';
import type { Scope } from './scope.ts';

/** Functions in functions in functions: nobody writes more, a circle of conditions would. */
export const MOST_DEPTH = 60;

/** Works out a part of a template; handed on, since functions hold functions. */
export type Resolve = (raw: Raw | undefined, scope: Scope, depth: number) => Value;

/** `{{resolve:secretsmanager:…}}` and its like are never resolved: what stands behind them is a secret. */
export function withoutReferences(text: string): string | Unknown {
  const [, service] = /\{\{resolve:([a-z-]+)/.exec(text) ?? [];
  return service === undefined
    ? text
    : new Unknown(`it is a {{resolve:${service}:…}} reference, which is never resolved here`);
}

/** Returns what `Ref` gives: a parameter's value; of a resource it is known only when it is deployed. */
export function refer(name: string, scope: Scope): Value {
  if (scope.pseudo.has(name)) return scope.pseudo.get(name);
  if (scope.parameters.has(name)) {
    const value = scope.parameters.get(name);
    return typeof value === 'string' ? withoutReferences(value) : value;
  }
  return new Unknown(
    scope.resources.has(name)
      ? `the resource ${name} is known only when it is deployed`
      : `the template has nothing named ${name}`,
  );
}

export function odd(name: string): Unknown {
  return new Unknown(`${name} is not written as it has to be`);
}
