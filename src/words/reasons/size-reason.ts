import type { SizeReason } from '../../contract/tune/size-reason.ts';
import { memoryText } from '../format/memory.ts';
import { withOrdinarySpaces } from '../spaces.ts';

/**
 * Tells what became of a size, as a clause without a point.
 *
 * @example sizeReasonText({ code: 'ran-out-of-memory', count: 2, invocations: 2 });
 * // '2 of 2 invocations ran out of memory'
 */
export function sizeReasonText(reason: SizeReason): string {
  return withOrdinarySpaces(clause(reason));
}

function clause(reason: SizeReason): string {
  switch (reason.code) {
    case 'refused-by-aws':
      return reason.answer ?? 'AWS refused this size';
    case 'version-failed':
      return reason.answer ?? 'its version failed to become active';
    case 'version-still-pending':
      return `its version ${reason.version} was still pending after ${reason.waitedMinutes} minutes`;
    case 'below-memory-in-use':
      return `the function used ${memoryText(reason.usedMb)}, so a size below ${memoryText(reason.leastMemoryMb)} may kill what callers of $LATEST send while it is set; allowSmall (--allow-small) tries it all the same`;
    case 'below-a-death': {
      const why = reason.inTrial
        ? 'the trial invocation ran out of memory here'
        : `${memoryText(reason.diedUpToMb)} ran out of memory, and this is less`;
      return reason.survived === null ? why : `${why}; ${ofAll(reason.survived)} survived`;
    }
    case 'not-invoked':
      return 'it was not invoked before the run had to stop';
    case 'ran-out-of-memory':
      return `${ofAll(reason)} ran out of memory`;
    case 'some-failed':
      return `${ofAll(reason)} did not succeed${typesText(reason)}`;
    case 'timed-out':
      return `${ofAll(reason)} did not finish within ${reason.limitSeconds} s`;
    case 'ended-in-error':
      return `${ofAll(reason)} ended in an error${typesText(reason)}`;
    case 'log-missing':
      return `no platform log was found for ${ofAll(reason)}`;
    case 'log-without-duration':
      return `the platform log of ${ofAll(reason)} says nothing about their duration`;
  }
}

/** ` (TypeError)`, or with how often where there are several. */
function typesText({
  failures = [],
}: Extract<SizeReason, { code: 'some-failed' | 'ended-in-error' }>) {
  const [only] = failures;
  if (only === undefined) return '';
  const nameOf = (type: string | null) => type ?? 'without a type';
  if (failures.length === 1) return ` (${nameOf(only.type)})`;
  return ` (${failures.map(({ type, count }) => `${count} × ${nameOf(type)}`).join(', ')})`;
}

function ofAll(counted: { readonly count: number; readonly invocations: number }): string {
  return `${counted.count} of ${counted.invocations} invocations`;
}
