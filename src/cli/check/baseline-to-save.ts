import type { CheckResult } from '../../contract/check.ts';
import type { CheckOptions } from './check-options.ts';

/** A baseline that was asked for, or why it is not written. */
export type BaselineToSave =
  | { readonly kind: 'none' }
  | { readonly kind: 'save'; readonly file: string }
  | { readonly kind: 'keep'; readonly file: string; readonly reason: string };

/**
 * Whether the head may become the baseline. One that was judged and failed may not: what fails once
 * would pass when the job is run again.
 */
export function baselineToSave(
  { verdict, functions, failed }: CheckResult,
  { saveBaseline: file }: CheckOptions,
): BaselineToSave {
  if (file === undefined) return { kind: 'none' };
  if (failed.length > 0) {
    // A baseline that lacks a function would be missed only later, by whoever compares with it.
    return { kind: 'keep', file, reason: 'not every function could be measured' };
  }
  const wasJudged = functions
    .flatMap(({ metrics }) => metrics)
    .some(({ rule, verdict: each }) => rule.kind === 'regression' && each !== 'incompatible');
  return verdict === 'fail' && wasJudged
    ? { kind: 'keep', file, reason: 'the head was judged against a base and failed' }
    : { kind: 'save', file };
}
