import { MAX_INVOCATIONS, MAX_PEER_INVOCATIONS } from '../../contract/shared/memory.ts';
import type { Input } from '../../contract/tune/input.ts';

/** Returns the most invocations that a run of this input may make, its trial not counted. */
export function mostAllowed({ peer }: Pick<Input, 'peer'>): number {
  return peer === undefined ? MAX_INVOCATIONS : MAX_PEER_INVOCATIONS;
}
