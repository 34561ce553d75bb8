import { checkInputSchema, type CheckInput } from '../../contract/check/check-stages.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import { schemaProblems } from '../../contract/shared/schema-problems.ts';

/** The execution's input, which every stage reads anew: payloads and a stored baseline are in there only. */
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
  throw new PowerdialError(
    'InvalidInput',
    schemaProblems(parsed.error, source, checkInputSchema).join('\n'),
  );
}
