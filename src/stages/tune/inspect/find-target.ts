import { isAwsError } from '../../../contract/shared/aws-error.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import { parseFunctionRef, type ParsedFunctionRef } from '../../../core/target/function-ref.ts';
import { findTargetRefusal } from '../../../core/target/target-refusal.ts';
import { toRefusal } from '../../../words/refusals/refusal.ts';

/**
 * Reads the function that the input names and refuses what cannot be tuned, before anything is changed.
 *
 * @throws {PowerdialError} InvalidInput, TargetNotFound or TargetCannotBeTuned
 */
export async function findTarget(
  deps: Pick<Deps, 'readConfiguration'>,
  name: string,
): Promise<FunctionConfiguration> {
  const ref = parseFunctionRef(name);
  if (ref === null) {
    throw toRefusal({ code: 'no-function-name', given: name });
  }
  const found = await read(deps, ref.functionName, null);
  const why = findTargetRefusal(found);
  if (why !== null) {
    throw toRefusal({ code: 'untunable', function: found.functionArn, named: name, why });
  }
  if (ref.qualifier !== null && ref.qualifier !== '$LATEST') {
    await refuseOtherThanLatest(deps, name, ref, found);
  }
  // Every later call names it as the user did: a bare name would mean the caller's own account and region.
  return { ...found, functionName: ref.functionName };
}

/** Only $LATEST can be published at another size, so a qualified target must be the same thing. */
async function refuseOtherThanLatest(
  deps: Pick<Deps, 'readConfiguration'>,
  name: string,
  ref: ParsedFunctionRef,
  latest: FunctionConfiguration,
): Promise<void> {
  const qualified = await read(deps, ref.functionName, ref.qualifier);
  const fields = ['codeSha256', 'memoryMb', 'timeoutSeconds', 'runtime', 'architecture'] as const;
  const different = fields.filter((field) => qualified[field] !== latest[field]);
  if (different.length > 0) {
    throw toRefusal({
      code: 'other-than-latest',
      function: latest.functionArn,
      named: name,
      qualifier: ref.qualifier ?? '',
      fields: different,
    });
  }
}

async function read(
  deps: Pick<Deps, 'readConfiguration'>,
  functionName: string,
  qualifier: string | null,
): Promise<FunctionConfiguration> {
  try {
    return await deps.readConfiguration(
      qualifier === null ? { functionName } : { functionName, qualifier },
    );
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    const wanted = qualifier === null ? functionName : `${functionName}:${qualifier}`;
    throw toRefusal({ code: 'no-such-function', function: wanted, answer: error.message }, error);
  }
}
