import { lambdaDeps } from '../../aws/lambda-deps.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import type { OpenedTarget } from '../tune/opened-target.ts';
import type { TuneOptions } from '../tune/tune-options.ts';

/** A function on AWS (or wherever the SDK's own settings point), with the caller's credentials. */
export function openAws(
  functionName: string,
  options: Pick<TuneOptions, 'region' | 'profile'>,
  stop: AbortSignal,
): OpenedTarget {
  // An ARN says where its function is; a region beside it would only contradict it.
  const region = parseFunctionRef(functionName)?.region ?? options.region;
  const { close, ...world } = lambdaDeps(
    {
      ...(region === undefined ? {} : { region }),
      ...(options.profile === undefined ? {} : { profile: options.profile }),
    },
    stop,
  );
  return {
    functionName,
    world,
    emulation: null,
    close() {
      close();
      return Promise.resolve();
    },
  };
}
