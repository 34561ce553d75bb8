import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import type { Variant } from '../../contract/tune/publishing.ts';
import type { RefusalReason } from '../../contract/tune/size-reason.ts';
import { sizeReasonText } from '../../words/reasons/size-reason.ts';

/** Returns a size as the state of its version tells: pending, ready, or refused with AWS's reason. */
export function toVariant(memoryMb: number, version: FunctionConfiguration): Variant {
  switch (version.state) {
    case 'Pending':
      return { memoryMb, version: version.version, outcome: 'pending', reason: null };
    case 'Failed':
      return refuseVariant(memoryMb, { code: 'version-failed', answer: version.stateReason });
    default:
      return { memoryMb, version: version.version, outcome: 'ready', reason: null };
  }
}

/** A size that is not measured, with the reason for people and for programs. */
export function refuseVariant(memoryMb: number, reasonFacts: RefusalReason): Variant {
  const reason = sizeReasonText(reasonFacts);
  return { memoryMb, version: null, outcome: 'refused', reason, reasonFacts };
}
