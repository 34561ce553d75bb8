import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import type { Variant } from '../../contract/tune/state.ts';

/** A size as the state of its version tells: pending, ready, or refused with AWS's reason. */
export function toVariant(memoryMb: number, version: FunctionConfiguration): Variant {
  switch (version.state) {
    case 'Pending':
      return { memoryMb, version: version.version, outcome: 'pending', reason: null };
    case 'Failed': {
      const reason = version.stateReason ?? 'its version failed to become active';
      return { memoryMb, version: null, outcome: 'refused', reason };
    }
    default:
      return { memoryMb, version: version.version, outcome: 'ready', reason: null };
  }
}
