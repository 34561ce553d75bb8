import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type { CheckInput, MeasuredSide } from '../../contract/check/check-stages.ts';
import { TOOL_SCHEMA } from '../../contract/check/check.ts';
import { PowerdialError } from '../../contract/shared/errors.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { findTargetRefusal } from '../../core/target/target-refusal.ts';
import { targetRefusalText } from '../../words/reasons/target-refusal.ts';
import { hashPayloads } from './hash-payloads.ts';

/** One call of Measure lasts 15 minutes and needs time for reading logs. */
const LONGEST_TIMEOUT_SECONDS = 780;

/**
 * Reads how a side is set, and which version an alias points at.
 *
 * @throws {PowerdialError} TargetNotFound; TargetCannotBeTuned where it cannot be measured; InvalidInput
 */
export async function readSide(
  deps: CheckDeps,
  named: NonNullable<CheckInput['base']>,
  { emulation, machine, payloads, varyPayload }: CheckInput,
): Promise<MeasuredSide> {
  const ref = parseFunctionRef(named.function);
  if (ref === null) {
    throw new PowerdialError(
      'InvalidInput',
      `function: wanted a function's name or ARN, it is ${JSON.stringify(named.function)}`,
    );
  }
  const { functionName } = ref;
  const given = named.qualifier ?? ref.qualifier;
  if (ref.qualifier !== null && given !== ref.qualifier) {
    throw new PowerdialError(
      'InvalidInput',
      `qualifier: wanted one version or alias of ${functionName}, there are ${ref.qualifier} in the function and ${given ?? 'none'} beside it`,
    );
  }
  const wanted = given === null ? functionName : `${functionName}:${given}`;
  const qualifier = given === '$LATEST' ? null : given;
  const found = await deps
    .readConfiguration(qualifier === null ? { functionName } : { functionName, qualifier })
    .catch((error: unknown) => {
      if (!isAwsError(error, 'not-found')) throw error;
      throw new PowerdialError(
        'TargetNotFound',
        `Read ${wanted}: there is no such function, version or alias here (${error.message}). Check its name, its region and whose account these credentials are of.`,
        { cause: error, facts: { function: wanted } },
      );
    });
  refuseUnmeasurable(wanted, found);
  return {
    functionName,
    // An alias may move while the check runs: what is measured is the version it pointed at.
    version: found.version === '$LATEST' ? null : found.version,
    logGroup: found.logGroup,
    logFormat: found.logFormat,
    timeoutSeconds: found.timeoutSeconds,
    codeSha256: found.codeSha256,
    facts: {
      function: functionName,
      version: found.version,
      timeoutSeconds: found.timeoutSeconds,
      ephemeralStorageMb: found.ephemeralStorageMb,
      key: {
        architecture: found.architecture,
        region: parseFunctionRef(found.functionArn)?.region ?? '',
        memoryMb: found.memoryMb,
        runtime: found.runtime,
        layers: [...(found.layers ?? [])],
        emulation,
        machine,
        toolSchema: TOOL_SCHEMA,
        payloads: hashPayloads(payloads, varyPayload),
      },
    },
  };
}

function refuseUnmeasurable(wanted: string, found: FunctionConfiguration): void {
  const refusal = findTargetRefusal(found);
  const reason =
    refusal !== null
      ? targetRefusalText(refusal)
      : found.systemLogLevel === 'WARN'
        ? 'its system log level WARN hides the reports that a check reads; set it to INFO'
        : found.timeoutSeconds > LONGEST_TIMEOUT_SECONDS
          ? `a check waits for at most ${LONGEST_TIMEOUT_SECONDS} s, and its timeout is ${found.timeoutSeconds} s`
          : null;
  if (reason === null) return;
  throw new PowerdialError(
    'TargetCannotBeTuned',
    `Check ${wanted}: it cannot be done, ${reason}.`,
    {
      facts: { function: found.functionArn },
    },
  );
}
