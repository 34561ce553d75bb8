import { isList, isRecord, member, textOf, Unknown, wordOf, type Raw } from '../values/value.ts';
import { MOST_DEPTH, odd, type Resolve } from './refer.ts';
import type { Scope } from './scope.ts';

/** Works out a condition of the template, as far as what it compares is known. */
export function evaluateCondition(
  raw: Raw | undefined,
  scope: Scope,
  depth: number,
  resolve: Resolve,
): boolean | Unknown {
  if (depth > MOST_DEPTH) return new Unknown('a condition refers to itself');
  if (raw === undefined || !isRecord(raw)) return odd('a condition');
  const [name = ''] = Object.keys(raw);
  const argument = raw[name];
  if (name === 'Condition') {
    const own = typeof argument === 'string' ? member(scope.conditions, argument) : undefined;
    return own === undefined
      ? new Unknown(`the template has no condition ${wordOf(argument)}`)
      : evaluateCondition(own, scope, depth + 1, resolve);
  }
  const operands = isList(argument) ? argument : [];
  switch (name) {
    case 'Fn::Equals':
      return equals(operands, scope, depth, resolve);
    case 'Fn::Not': {
      const [value] = operands.map((each) => evaluateCondition(each, scope, depth + 1, resolve));
      return value === undefined ? odd(name) : value instanceof Unknown ? value : !value;
    }
    case 'Fn::And':
    case 'Fn::Or': {
      const values = operands.map((each) => evaluateCondition(each, scope, depth + 1, resolve));
      const decides = name === 'Fn::Or';
      if (values.includes(decides)) return decides;
      return values.find((each) => each instanceof Unknown) ?? !decides;
    }
    default:
      return new Unknown(`${name} is not worked out here`);
  }
}

function equals(
  operands: readonly Raw[],
  scope: Scope,
  depth: number,
  resolve: Resolve,
): boolean | Unknown {
  const [left, right] = operands.map((each) => textOf(resolve(each, scope, depth + 1)));
  if (left === undefined || right === undefined) return odd('Fn::Equals');
  if (left instanceof Unknown) return left;
  return right instanceof Unknown ? right : left === right;
}
