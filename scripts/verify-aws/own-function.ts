import { DeleteLogGroupCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { zipOf } from './zip.ts';

const HANDLER = new URL('handler.mjs', import.meta.url);
const ACTIVE_WITHIN_MS = 2 * 60_000;

/** Says in the function itself who made it: what does not say so is never deleted. */
export function ownDescription(run: string): string {
  return `Throw-away function of powerdial verify:aws, ${run}`;
}

/** Makes the function; fails where there is one of that name. */
export async function createOwnFunction(
  lambda: LambdaClient,
  { functionName, role, run }: Own & { readonly role: string },
  signal: AbortSignal,
): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: functionName,
      Role: role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('index.mjs', readFileSync(HANDLER)) },
      MemorySize: 128,
      Timeout: 10,
      Description: ownDescription(run),
    }),
  );
  const endMs = Date.now() + ACTIVE_WITHIN_MS;
  for (;;) {
    const { State, StateReason } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    if (State !== 'Pending') {
      if (State === 'Active' || State === undefined) return;
      throw new Error(
        `Create ${functionName}: wanted it Active, it is ${State}: ${StateReason ?? ''}`,
      );
    }
    if (Date.now() >= endMs) {
      throw new Error(`Create ${functionName}: wanted it Active within 2 minutes, it is Pending`);
    }
    await sleep(500, undefined, { signal });
  }
}

interface Own {
  readonly functionName: string;
  readonly run: string;
}

/**
 * Deletes the function that this run made, and its log group.
 *
 * @returns what is left, with the command that takes it away
 */
export async function deleteOwnFunction(
  lambda: LambdaClient,
  logs: CloudWatchLogsClient,
  { functionName, run }: Own,
): Promise<readonly string[]> {
  try {
    const { Description } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    // With a journal before it where $LATEST could not be put back.
    if (Description?.endsWith(ownDescription(run)) !== true) {
      return [
        `the function ${functionName}, which this run did not make: its description is another`,
      ];
    }
    await lambda.send(new DeleteFunctionCommand({ FunctionName: functionName }));
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') {
      return [
        `the function ${functionName} (${(error as Error).message}); aws lambda delete-function --function-name ${functionName}`,
      ];
    }
  }
  const group = `/aws/lambda/${functionName}`;
  try {
    await logs.send(new DeleteLogGroupCommand({ logGroupName: group }));
    return [];
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return [];
    return [
      `the log group ${group} (${(error as Error).message}); aws logs delete-log-group --log-group-name ${group}`,
    ];
  }
}
