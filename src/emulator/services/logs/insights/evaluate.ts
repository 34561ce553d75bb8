import type { Condition, Expression, Value } from './query-syntax.ts';

/** The fields of one log event. */
export type Event = Map<string, Value>;

/** What does not work out (text, nothing, a logarithm of 0) is nothing. */
export function evaluate(expression: Expression, event: Event): Value {
  switch (expression.kind) {
    case 'field':
      return event.get(expression.name) ?? null;
    case 'number':
      return expression.value;
    case 'product': {
      const [left, right] = expression.sides.map((side) => numberOf(evaluate(side, event)));
      if (left === null || left === undefined || right === null || right === undefined) return null;
      return finite(expression.by === '*' ? left * right : left / right);
    }
    case 'call':
      return call(expression, event);
  }
}

function call({ name, of }: Extract<Expression, { readonly kind: 'call' }>, event: Event): Value {
  const values = of.map((each) => evaluate(each, event));
  if (name === 'ispresent') return values[0] === null ? 0 : 1;
  const numbers = values.map(numberOf).filter((each) => each !== null);
  const [first] = numbers;
  if (first === undefined || numbers.length < values.length) return null;
  if (name === 'floor') return Math.floor(first);
  if (name === 'log') return finite(Math.log(first));
  return Math.max(...numbers);
}

export function isTrue(condition: Condition, event: Event): boolean {
  if (condition.kind === 'or') return condition.any.some((each) => isTrue(each, event));
  const value = event.get(condition.field) ?? null;
  return value !== null && condition.pattern.test(String(value));
}

/** Text that is no number is nothing. */
export function numberOf(value: Value): number | null {
  if (value === null || typeof value === 'number') return value;
  return value.trim() === '' ? null : finite(Number(value));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
