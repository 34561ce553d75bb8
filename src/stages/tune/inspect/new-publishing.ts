import type { Publishing } from '../../../contract/tune/publishing.ts';
import type { Target } from '../../../contract/tune/target.ts';
import type { SettledInput } from '../../../contract/tune/settled-input.ts';

/**
 * Tells how publishing stands before the first size. @param until the minute in which the run is over, ISO
 * 8601
 */
export function newPublishing(
  { revisionId }: Target,
  { measureTimeoutSeconds }: SettledInput,
  until: string,
): Publishing {
  return {
    pending: [],
    variants: [],
    serial: 0,
    restoredSerial: 0,
    revisionId,
    phase: 'set',
    waitSeconds: 0,
    waited: 0,
    retries: 0,
    pendingSinceMs: null,
    heldUp: false,
    changedSinceMs: null,
    changedMs: 0,
    until,
    measureTimeoutSeconds,
    calls: 0,
    restores: 0,
    waits: 0,
  };
}
