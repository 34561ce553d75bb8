import type { CheckedFunction, CheckResult, FailedFunction } from '../../contract/check/check.ts';
import type { Warning } from '../../contract/shared/warnings/warning.ts';
import { overallVerdict } from '../../core/compare/judge.ts';

/** Returns everything of a check together. Where a function is missing from it, that is no pass. */
export function checkResult(
  functions: readonly CheckedFunction[],
  falseAlarmRate: number,
  rest: {
    readonly failed?: readonly FailedFunction[];
    readonly warnings?: readonly Warning[];
    /** Rules that were asked for and that nothing could be measured for. */
    readonly unjudged?: boolean;
  } = {},
): CheckResult {
  const { failed = [], warnings = [], unjudged = false } = rest;
  const ofRules = overallVerdict(functions.flatMap((each) => each.metrics));
  const isWhole = functions.length > 0 && failed.length === 0 && !unjudged;
  const verdict = ofRules === 'pass' && !isWhole ? 'inconclusive' : ofRules;
  const sum = (pick: (spent: CheckedFunction['spent']) => number): number =>
    functions.reduce((total, { spent }) => total + pick(spent), 0);
  return {
    schemaVersion: 1,
    passed: verdict === 'pass',
    verdict,
    falseAlarmRate,
    measuredAt: new Date().toISOString(),
    functions,
    failed,
    warnings,
    spent: {
      invocations: sum(({ invocations }) => invocations),
      gbSeconds: sum(({ gbSeconds }) => gbSeconds),
      usd: sum(({ usd }) => usd),
    },
  };
}
