import { isAwsError } from '../../../contract/shared/aws-error.ts';
import { PowerdialError } from '../../../contract/shared/errors.ts';
import type { Deps } from '../../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import { parseFunctionRef, type ParsedFunctionRef } from '../../../core/target/function-ref.ts';
import { findTargetRefusal } from '../../../core/target/target-refusal.ts';
import { targetRefusalText } from '../../../words/reasons/target-refusal.ts';

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
    throw new PowerdialError(
      'InvalidInput',
      `function: wanted a function's name or ARN, it is ${JSON.stringify(name)}`,
    );
  }
  const found = await read(deps, ref.functionName, null);
  const refusal = findTargetRefusal(found);
  if (refusal !== null) {
    throw new PowerdialError(
      'TargetCannotBeTuned',
      `Tune ${name}: it cannot be done, ${targetRefusalText(refusal)}.`,
      { facts: { function: found.functionArn, reason: refusal.code } },
    );
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
    throw new PowerdialError(
      'TargetCannotBeTuned',
      `Tune ${name}: only $LATEST can be published at other sizes, and it differs from ${ref.qualifier ?? ''} in ${different.join(', ')}. Name the function without a qualifier to tune $LATEST, or deploy the code of ${ref.qualifier ?? ''} to it first.`,
      { facts: { function: latest.functionArn } },
    );
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
    throw new PowerdialError(
      'TargetNotFound',
      `Read ${wanted}: there is no such function here (${error.message}). Check its name, its region and whose account these credentials are of.`,
      { cause: error, facts: { function: wanted } },
    );
  }
}
