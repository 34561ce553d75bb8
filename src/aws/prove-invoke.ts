import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { ProveInvoke } from '../contract/shared/invoke-calls.ts';
import { translateErrors } from './translate-error.ts';

/**
 * Asks Lambda whether this caller may invoke a function, by an Invoke that runs nothing: "DryRun – Validate
 * parameter values and verify that the user or role has permission to invoke the function" (API reference,
 * "Invoke", 2026-11).
 */
export function proveInvoke(client: LambdaClient): ProveInvoke {
  return (functionName) =>
    translateErrors('lambda:InvokeFunction', functionName, async () => {
      await client.send(
        new InvokeCommand({ FunctionName: functionName, InvocationType: 'DryRun' }),
      );
    });
}
