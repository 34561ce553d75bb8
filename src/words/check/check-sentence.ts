import type { CheckResult } from '../../contract/check/check.ts';
import { isFailure } from './check-words.ts';

/** Tells what a check came to, in one sentence. */
export function checkSentence({ functions, failed, verdict }: CheckResult): string {
  const all = functions.flatMap((each) => each.metrics);
  const failures = all.filter((each) => isFailure(each) && each.rule.level === 'error');
  const warned = all.filter((each) => isFailure(each) && each.rule.level === 'warn').length;
  const open = all.filter(
    (each) => each.verdict === 'inconclusive' || each.verdict === 'incompatible',
  ).length;
  const improved = all.filter((each) => each.verdict === 'improved').length;
  const rest = [
    improved > 0 ? `${improved} improved` : '',
    warned > 0 ? `${warned} worth a warning` : '',
    open > 0 ? `${open} inconclusive` : '',
    failed.length > 0 && (functions.length > 0 || verdict === 'fail')
      ? `${failed.length} of ${countText(functions.length + failed.length, 'function')} not checked`
      : '',
  ].filter((part) => part !== '');
  const more = rest.length === 0 ? '' : ` (${rest.join(', ')})`;
  switch (verdict) {
    case 'fail':
      return `Failed: ${failures.length} of ${all.length} rules broken${more}.`;
    case 'inconclusive':
      if (functions.length === 0) {
        return failed.length === 0
          ? 'Inconclusive: nothing was measured.'
          : `Not checked: ${countText(failed.length, 'function')} could not be measured.`;
      }
      return `Inconclusive: no rule is broken, but not all could be judged${more}.`;
    case 'pass':
      return all.length === 0
        ? 'Measured; no rule was asked for.'
        : `Passed: ${all.length} rules hold${more}.`;
  }
}

function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
