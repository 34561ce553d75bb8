import { PowerdialError } from '../../contract/errors.ts';
import type { Deps } from '../../contract/deps.ts';
import type { Warning } from '../../contract/state.ts';

export interface SettledConcurrency {
  readonly concurrency: number;
  readonly warnings: readonly Warning[];
}

/**
 * How many invocations may be under way at once without taking production's share: what was asked for,
 * capped by half of what no function has reserved, or by the function's own reservation.
 *
 * @throws {PowerdialError} TargetCannotBeTuned when nothing is free
 */
export async function settleConcurrency(
  deps: Pick<Deps, 'readFunctionConcurrency' | 'readUnreservedConcurrency'>,
  functionName: string,
  wanted: number,
): Promise<SettledConcurrency> {
  const { reserved, provisioned } = await deps.readFunctionConcurrency(functionName);
  const free =
    reserved === null
      ? Math.floor((await deps.readUnreservedConcurrency()) / 2)
      : reserved - provisioned;
  const source =
    reserved === null
      ? 'half of the unreserved concurrency of the account'
      : "the function's own reserved concurrency, less what is provisioned,";
  if (free < 1) {
    throw new PowerdialError(
      'TargetCannotBeTuned',
      `Tune ${functionName}: wanted room for at least 1 invocation at a time, ${source} leaves ${free}. Raise the limit, then start again.`,
      { facts: { function: functionName, freeConcurrency: free } },
    );
  }
  if (free >= wanted) {
    return { concurrency: wanted, warnings: [] };
  }
  const message = `concurrency is ${free} and not ${wanted}: ${source} allows no more.`;
  return { concurrency: free, warnings: [{ code: 'concurrency-capped', message }] };
}
