import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { isAwsError } from '../contract/shared/aws-error.ts';
import type {
  InvokeAsynchronously,
  ReadFailureDestination,
  SetEventInvokeConfig,
} from '../contract/shared/invoke-calls.ts';
import type { ClientsByRegion } from './clients-by-region.ts';
import { failedInvocation } from './invoke-call.ts';
import { translateErrors } from './translate-error.ts';

/** The shortest age that AWS allows for an event that waits in the queue ("MaximumEventAgeInSeconds"). */
const EVENT_AGE_SECONDS = 60;

/** The queue answers at once. When it has not answered after this time, the event may be in it or not. */
const TAKEN_WITHIN_MS = 20_000;

/**
 * Hands an invocation to Lambda's queue. Functions that run for nearly 15 minutes are invoked in this way.
 */
export function invokeAsynchronously(clients: Pick<ClientsByRegion, 'of'>): InvokeAsynchronously {
  return async ({ functionName, qualifier, payload }) => {
    try {
      const answer = await clients.of(functionName).send(
        new InvokeCommand({
          FunctionName: functionName,
          ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
          InvocationType: 'Event',
          Payload: Buffer.from(payload),
        }),
        // The client itself has no limit, because other invocations are waited for until the function
        // answers.
        { abortSignal: AbortSignal.timeout(TAKEN_WITHIN_MS) },
      );
      return { kind: 'accepted', requestId: answer.$metadata.requestId ?? '' };
    } catch (error) {
      return failedInvocation(error, functionName);
    }
  };
}

/** Lets the queue retry nothing and drop an event after a minute, so that no invocation comes late. */
export function setEventInvokeConfig(client: LambdaClient): SetEventInvokeConfig {
  return ({ functionName, version }) =>
    translateErrors(
      'lambda:PutFunctionEventInvokeConfig',
      `${functionName}:${version}`,
      async () => {
        await client.send(
          new PutFunctionEventInvokeConfigCommand({
            FunctionName: functionName,
            Qualifier: version,
            MaximumRetryAttempts: 0,
            MaximumEventAgeInSeconds: EVENT_AGE_SECONDS,
          }),
        );
      },
    );
}

/** Reads the dead-letter queue or the destination that would receive the failures of our invocations. */
export function readFailureDestination(client: LambdaClient): ReadFailureDestination {
  return async (functionName) => {
    const { DeadLetterConfig } = await translateErrors(
      'lambda:GetFunctionConfiguration',
      functionName,
      () => client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName })),
    );
    if (DeadLetterConfig?.TargetArn !== undefined) return DeadLetterConfig.TargetArn;
    try {
      const { DestinationConfig } = await translateErrors(
        'lambda:GetFunctionEventInvokeConfig',
        functionName,
        () => client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: functionName })),
      );
      return DestinationConfig?.OnFailure?.Destination ?? null;
    } catch (error) {
      if (isAwsError(error, 'not-found')) return null;
      throw error;
    }
  };
}
