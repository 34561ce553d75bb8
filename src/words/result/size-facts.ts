import type { Result } from '../../contract/tune/result.ts';
import type { SizeResult } from '../../contract/tune/size-result.ts';
import { fixedText } from '../format/rounding.ts';
import { isShown } from '../format/missing.ts';
import { OUTCOME_WORDS } from './outcome.ts';

export function isRecommended(result: Result, { memoryMb }: SizeResult): boolean {
  return memoryMb === result.recommendation.memoryMb;
}

export function isCurrent(result: Result, { memoryMb }: SizeResult): boolean {
  return memoryMb === result.current.memoryMb;
}

/** Tells what the numbers of a size do not say: what it is to the user, and what went wrong. */
export function sizeMarks(result: Result, size: SizeResult): readonly string[] {
  const marks: string[] = [];
  if (isRecommended(result, size)) marks.push('recommended');
  if (isCurrent(result, size)) marks.push('current');
  if (size.outcome !== 'measured') marks.push(OUTCOME_WORDS[size.outcome]);
  const allFailed = size.outcome !== 'measured' && size.errors === size.invocations;
  if (size.errors > 0 && !allFailed) {
    marks.push(`${fixedText(size.errors, 0)} of ${fixedText(size.invocations, 0)} failed`);
  }
  return marks;
}

/** Memory used over memory set, `null` where it was not measured. */
export function memoryShare({ maxMemoryUsedMb, memoryMb }: SizeResult): number | null {
  return isShown(maxMemoryUsedMb) ? maxMemoryUsedMb / memoryMb : null;
}
