import {
  CreateAliasCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { embeddedTarget, TARGET_NAME, type EmbeddedTarget } from './embedded-target.ts';

type Options = Omit<NonNullable<Parameters<typeof embeddedTarget>[0]>, 'endpoint'>;

/**
 * A function whose alias keeps ten environments ready.
 *
 * @param denied operations that are refused from then on
 */
export async function readyTarget({
  denied,
  ...options
}: Options & { readonly denied: readonly string[] }): Promise<EmbeddedTarget> {
  let isReady = false;
  const target = await embeddedTarget({
    ...options,
    endpoint: {
      intercept: ({ operation }) =>
        isReady && denied.includes(operation)
          ? { kind: 'answer', status: 403, code: 'AccessDeniedException', message: 'not allowed' }
          : undefined,
    },
  });
  const FunctionName = TARGET_NAME;
  await target.client.send(new PublishVersionCommand({ FunctionName }));
  const alias = { FunctionName, Name: 'live', FunctionVersion: '1' };
  await target.client.send(new CreateAliasCommand(alias));
  await target.client.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName,
      Qualifier: 'live',
      ProvisionedConcurrentExecutions: 10,
    }),
  );
  isReady = true;
  return target;
}
