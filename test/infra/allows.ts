import type { Statement } from './synthesized.ts';

/** Whether a policy allows an action on a resource, as IAM judges: `*` stands for any text. */
export function allows(
  statements: readonly Statement[],
  action: string,
  resource: string,
): boolean {
  return statements.some(
    (statement) =>
      statement.actions.some((each) => matches(each, action)) &&
      statement.resources.some((each) => matches(each, resource)),
  );
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
