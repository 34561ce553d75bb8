import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { CheckDeps } from '../../contract/check/check-deps.ts';
import type { CheckInput, MeasuredSide } from '../../contract/check/check-stages.ts';
import { TOOL_SCHEMA } from '../../contract/check/check.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { findTargetRefusal } from '../../core/target/target-refusal.ts';
import type { SideRefusal } from '../../words/refusals/target-refusals.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
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
    throw toRefusal({ code: 'no-function-name', given: named.function });
  }
  const { functionName } = ref;
  const given = named.qualifier ?? ref.qualifier;
  if (ref.qualifier !== null && given !== ref.qualifier) {
    throw toRefusal({
      code: 'two-qualifiers',
      function: functionName,
      inName: ref.qualifier,
      beside: given,
    });
  }
  const wanted = given === null ? functionName : `${functionName}:${given}`;
  const qualifier = given === '$LATEST' ? null : given;
  const found = await deps
    .readConfiguration(qualifier === null ? { functionName } : { functionName, qualifier })
    .catch((error: unknown) => {
      if (!isAwsError(error, 'not-found')) throw error;
      throw toRefusal({ code: 'no-such-side', function: wanted, answer: error.message }, error);
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

function refuseUnmeasurable(named: string, found: FunctionConfiguration): void {
  const why = findSideRefusal(found);
  if (why !== null)
    throw toRefusal({ code: 'uncheckable', function: found.functionArn, named, why });
}

function findSideRefusal(found: FunctionConfiguration): SideRefusal | null {
  const refusal = findTargetRefusal(found);
  if (refusal !== null) return refusal;
  const { systemLogLevel, timeoutSeconds } = found;
  if (systemLogLevel === 'WARN') return { code: 'log-level-hides-reports' };
  return timeoutSeconds > LONGEST_TIMEOUT_SECONDS
    ? { code: 'timeout-too-long', timeoutSeconds, mostSeconds: LONGEST_TIMEOUT_SECONDS }
    : null;
}
