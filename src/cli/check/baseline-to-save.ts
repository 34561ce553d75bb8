import { existsSync } from 'node:fs';
import type { CheckResult } from '../../contract/check/check.ts';
import type { CheckOptions } from './check-options.ts';

/** A baseline that was asked for, or why it is not written. */
export type BaselineToSave =
  | { readonly kind: 'none' }
  | { readonly kind: 'save'; readonly file: string }
  | { readonly kind: 'keep'; readonly file: string; readonly reason: string };

/**
 * Tells whether the head may become the baseline. One that was judged and failed may not: what fails once
 * would pass when the job is run again. Nor may one that was not decided: a baseline that moves along with
 * what it cannot tell lets any regression in, by small steps.
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
  const judged = functions
    .flatMap(({ metrics }) => metrics)
    .filter(({ rule, verdict: each }) => rule.kind === 'regression' && each !== 'incompatible');
  if (verdict === 'fail' && judged.length > 0) {
    return { kind: 'keep', file, reason: 'the head was judged against a base and failed' };
  }
  const open = judged.filter((each) => each.verdict === 'inconclusive');
  return open.length > 0 && existsSync(file)
    ? {
        kind: 'keep',
        file,
        reason: `${open.map(({ metric }) => metric).join(', ')} of the head could not be told from its base; remove the file to begin anew`,
      }
    : { kind: 'save', file };
}
