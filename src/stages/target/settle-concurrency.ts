import type { Deps } from '../../contract/shared/deps.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { Run } from '../../contract/tune/state.ts';
import { MEASURE_MEMORY_MB } from '../../contract/shared/tuner.ts';
import { mostSentAtOnce } from '../../core/measure/memory-room.ts';
import { toRefusal } from '../../words/refusals/refusal.ts';
import { isEmbedded } from './lease.ts';

/**
 * Returns as many at once as Measure has memory for, whose function in the cloud has a fixed size: every
 * invocation under way has its payload on the wire.
 */
export function capByMemory(
  settled: SettledConcurrency,
  payloads: readonly { readonly text: string }[],
  run: Run,
  varies: boolean,
): SettledConcurrency {
  if (isEmbedded(run)) return settled;
  const largestBytes = Math.max(...payloads.map(({ text }) => Buffer.byteLength(text)));
  // Of payloads that vary every invocation has its own, and not one for all.
  const most = mostSentAtOnce(MEASURE_MEMORY_MB, (varies ? 2 : 1) * largestBytes);
  if (settled.concurrency <= most) return settled;
  const facts = { concurrency: most, wanted: settled.concurrency, limit: 'payload' } as const;
  const memory = { measureMemoryMb: MEASURE_MEMORY_MB, largestPayloadBytes: largestBytes };
  const capped = { code: 'concurrency-capped', ...facts, ...memory } as const;
  return { ...settled, concurrency: most, warnings: [capped] };
}

export interface SettledConcurrency {
  readonly concurrency: number;
  /** What aliases and versions of the function keep ready; `null` where that may not be read. */
  readonly provisioned: number | null;
  readonly warnings: readonly WarningFacts[];
}

/**
 * Tells how many invocations may be under way at once without taking production's share: what was asked for,
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
      : reserved - (provisioned ?? 0);
  const limit = reserved === null ? 'unreserved' : 'reserved';
  if (free < 1) {
    throw toRefusal({
      code: 'no-concurrency',
      function: functionName,
      freeConcurrency: free,
      limit,
    });
  }
  if (free >= wanted) {
    return { concurrency: wanted, provisioned, warnings: [] };
  }
  const facts = { concurrency: free, wanted, limit } as const;
  const memory = { measureMemoryMb: null, largestPayloadBytes: null };
  const capped = { code: 'concurrency-capped', ...facts, ...memory } as const;
  return { concurrency: free, provisioned, warnings: [capped] };
}
