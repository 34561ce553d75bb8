import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { ReadFunctionConcurrency, ReadUnreservedConcurrency } from '../contract/deps.ts';
import { translated } from './translate-error.ts';

export function readFunctionConcurrency(client: LambdaClient): ReadFunctionConcurrency {
  return (functionName) =>
    translated('lambda:GetFunctionConcurrency', functionName, async () => {
      const answer = await client.send(
        new GetFunctionConcurrencyCommand({ FunctionName: functionName }),
      );
      return { reserved: answer.ReservedConcurrentExecutions ?? null };
    });
}

export function readUnreservedConcurrency(client: LambdaClient): ReadUnreservedConcurrency {
  return () =>
    translated('lambda:GetAccountSettings', '*', async () => {
      const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
      // AWS always sends it; without it no number may be made up, so nothing is free.
      return AccountLimit?.UnreservedConcurrentExecutions ?? 0;
    });
}
