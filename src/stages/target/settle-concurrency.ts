import { PowerdialError } from '../../contract/shared/errors.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { Run, Warning } from '../../contract/tune/state.ts';
import { MEASURE_MEMORY_MB } from '../../contract/shared/tuner.ts';
import { mostSentAtOnce } from '../../core/measure/memory-room.ts';
import { isEmbedded } from './lease.ts';

/**
 * As many at once as Measure has memory for, whose function in the cloud has a fixed size: every invocation
 * under way has its payload on the wire.
 */
export function capByMemory(
  settled: SettledConcurrency,
  payloads: readonly { readonly text: string }[],
  run: Run,
): SettledConcurrency {
  if (isEmbedded(run)) return settled;
  const largestBytes = Math.max(...payloads.map(({ text }) => Buffer.byteLength(text)));
  const most = mostSentAtOnce(MEASURE_MEMORY_MB, largestBytes);
  if (settled.concurrency <= most) return settled;
  const message = `concurrency is ${most} and not ${settled.concurrency}: Measure has ${MEASURE_MEMORY_MB} MB of memory, and the largest payload has ${largestBytes} bytes.`;
  return { concurrency: most, warnings: [{ code: 'concurrency-capped', message }] };
}

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
