import type { SizeResult } from '../../contract/tune/size-result.ts';
import { memoryText } from '../format/memory.ts';
import { isShown } from '../format/missing.ts';
import { fixedText } from '../format/rounding.ts';
import { plainText } from '../plain-text.ts';
import { OUTCOME_WORDS } from './outcome.ts';

/** True where a size has nothing to show in the columns of a table but what became of it. */
export function hasNoNumbers({ outcome, durationMs, costUsdPerMillion }: SizeResult): boolean {
  return outcome !== 'measured' && !isShown(durationMs.mean) && !isShown(costUsdPerMillion.mean);
}

/** Tells what became of a size that has no numbers, on one line, however long its reason is. */
export function fateText({ outcome, invocations, maxMemoryUsedMb, reason }: SizeResult): string {
  const after =
    invocations > 0
      ? ` after ${fixedText(invocations, 0)} invocation${invocations === 1 ? '' : 's'}`
      : '';
  const used = isShown(maxMemoryUsedMb) ? `, ${memoryText(maxMemoryUsedMb)} used` : '';
  const because = reason === null ? '' : `: ${plainText(reason)}`;
  return `${OUTCOME_WORDS[outcome]}${after}${used}${because}`;
}
