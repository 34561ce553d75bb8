import { z } from 'zod';

import { PowerdialError } from '../../contract/shared/errors.ts';

const failedRunSchema = z.object({
  failed: z.literal(true),
  error: z.string().default('an error'),
  cause: z.string().default('nothing says why'),
});
const failedFunctionsSchema = z.object({
  failed: z.array(z.object({ function: z.string(), error: z.string(), cause: z.string() })).min(1),
});
const emptyCheckSchema = z.object({
  schemaVersion: z.literal(1),
  functions: z.array(z.unknown()).max(0),
});

/**
 * Refuses the result of a run that failed, or measured only some of its functions.
 *
 * @param path what to call it in messages
 * @throws {PowerdialError} NothingMeasured
 */
export function refuseFailedResult(path: string, raw: unknown): void {
  const run = failedRunSchema.safeParse(raw);
  const some = failedFunctionsSchema.safeParse(raw);
  const found = run.success
    ? `it is of a run that failed with ${run.data.error}: ${run.data.cause}`
    : some.success
      ? `it is of a check that could not measure ${some.data.failed.map((each) => `${each.function} (${each.error}: ${each.cause})`).join(', ')}`
      : emptyCheckSchema.safeParse(raw).success
        ? 'it is of a check that measured nothing'
        : null;
  if (found === null) return;
  throw new PowerdialError(
    'NothingMeasured',
    `Compare ${path}: wanted a result, ${found}. Run it again.`,
  );
}
