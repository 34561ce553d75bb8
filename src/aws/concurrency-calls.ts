import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  paginateListProvisionedConcurrencyConfigs,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { isAwsError } from '../contract/shared/aws-error.ts';
import type {
  ReadAllocation,
  ReadFunctionConcurrency,
  ReadUnreservedConcurrency,
} from '../contract/shared/deps.ts';
import { translateErrors } from './translate-error.ts';

export function readFunctionConcurrency(client: LambdaClient): ReadFunctionConcurrency {
  return (functionName) =>
    translateErrors('lambda:GetFunctionConcurrency', functionName, async () => {
      const answer = await client.send(
        new GetFunctionConcurrencyCommand({ FunctionName: functionName }),
      );
      const reserved = answer.ReservedConcurrentExecutions ?? null;
      return { reserved, provisioned: await readableProvisioned(client, functionName, reserved) };
    });
}

/**
 * Without a reservation only the costs depend on provisioned concurrency, so a caller who may not read it
 * still gets everything else.
 */
async function readableProvisioned(
  client: LambdaClient,
  functionName: string,
  reserved: number | null,
): Promise<number | null> {
  try {
    return await sumProvisioned(client, functionName);
  } catch (error) {
    if (reserved === null && isAwsError(error, 'denied')) return null;
    throw error;
  }
}

function sumProvisioned(client: LambdaClient, functionName: string): Promise<number> {
  return translateErrors('lambda:ListProvisionedConcurrencyConfigs', functionName, async () => {
    let sum = 0;
    const request = { FunctionName: functionName };
    for await (const page of paginateListProvisionedConcurrencyConfigs({ client }, request)) {
      for (const config of page.ProvisionedConcurrencyConfigs ?? []) {
        sum += config.RequestedProvisionedConcurrentExecutions ?? 0;
      }
    }
    return sum;
  });
}

export function readAllocation(client: LambdaClient): ReadAllocation {
  return async ({ functionName, qualifier }) => {
    const request = { FunctionName: functionName, Qualifier: qualifier };
    const resource = `${functionName}:${qualifier}`;
    try {
      return await translateErrors('lambda:GetProvisionedConcurrencyConfig', resource, async () => {
        const { Status } = await client.send(new GetProvisionedConcurrencyConfigCommand(request));
        return Status ?? null;
      });
    } catch (error) {
      if (isAwsError(error, 'not-found')) return null;
      throw error;
    }
  };
}

export function readUnreservedConcurrency(client: LambdaClient): ReadUnreservedConcurrency {
  return () =>
    translateErrors('lambda:GetAccountSettings', '*', async () => {
      const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
      // AWS always sends this number. Where it is missing we must not make one up, so nothing counts as free.
      return AccountLimit?.UnreservedConcurrentExecutions ?? 0;
    });
}
