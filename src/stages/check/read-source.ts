import { checkInputSchema, type CheckInput } from '../../contract/check/check-stages.ts';
import { schemaProblems } from '../../contract/shared/schema-problems.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';

/**
 * Returns the execution's input, which every stage reads anew: payloads and a stored baseline are in there
 * only.
 */
export function readSource(source: unknown): CheckInput {
  const parsed = checkInputSchema.safeParse(source);
  if (parsed.success) {
    const { name, comparisons, ...rest } = parsed.data;
    return {
      ...rest,
      name: name ?? rest.head.function,
      comparisons: comparisons ?? Math.max(1, rest.rules.length),
    };
  }
  throw toRefusal({
    code: 'invalid-input',
    problems: schemaProblems(parsed.error, source, checkInputSchema),
  });
}
