import { lambdaDeps } from '../../aws/lambda-deps.ts';
import type { OpenedTarget } from '../tune/opened-target.ts';
import type { AwsConnection } from './connect-aws.ts';

/** Returns a function on AWS (or wherever the SDK's own settings point), with the caller's credentials. */
export function openAws(
  functionName: string,
  connection: AwsConnection,
  stop: AbortSignal,
): OpenedTarget {
  const { close, ...world } = lambdaDeps(connection, stop);
  return {
    functionName,
    world,
    connection,
    emulation: null,
    close() {
      close();
      return Promise.resolve();
    },
  };
}
