import type { SizeResult } from '../../contract/tune/size-result.ts';
import type { JudgedSize } from '../../core/recommend/size-result.ts';
import { sizeReasonText } from '../reasons/size-reason.ts';

/** One size with what became of it in words, as results hold it. */
export function toSizeResult(size: JudgedSize): SizeResult {
  const { memoryMb, outcome, reasonFacts, ...rest } = size;
  const reason = reasonFacts === null ? null : sizeReasonText(reasonFacts);
  return { memoryMb, outcome, reason, reasonFacts, ...rest };
}
