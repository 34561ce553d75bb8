import type { FunctionConfiguration } from '../../../contract/shared/function-configuration.ts';
import type { Target } from '../../../contract/tune/target.ts';
import { parseFunctionRef } from '../../../core/target/function-ref.ts';

/** Returns the ARN of a function without `$LATEST` at its end. */
export function toUnqualified(functionArn: string): string {
  return functionArn.replace(/:\$LATEST$/, '');
}

/** Returns the target as Inspect found it: what the run must leave behind. */
export function toTarget(
  found: FunctionConfiguration,
  seen: Pick<
    Target,
    'highestVersion' | 'alias' | 'calledUnqualified' | 'provisioned' | 'deployment'
  >,
): Target {
  return {
    functionName: found.functionName,
    functionArn: toUnqualified(found.functionArn),
    region: parseFunctionRef(found.functionArn)?.region ?? '',
    architecture: found.architecture,
    runtime: found.runtime,
    memoryMb: found.memoryMb,
    timeoutSeconds: found.timeoutSeconds,
    description: found.description,
    systemLogLevel: found.systemLogLevel,
    logFormat: found.logFormat,
    applicationLogLevel: found.applicationLogLevel,
    logGroup: found.logGroup,
    ephemeralStorageMb: found.ephemeralStorageMb,
    snapStart: found.snapStart,
    codeSha256: found.codeSha256,
    revisionId: found.revisionId,
    ...seen,
  };
}
