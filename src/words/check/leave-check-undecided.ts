import type { CheckedFunction } from '../../contract/check/check.ts';
import { toWarning } from '../warnings/warning.ts';
import { toMetricJudgement } from './judgement.ts';

/** Tells what was measured of a function until somebody ended the check: shown, and no verdict. */
export function leaveCheckUndecided(checked: CheckedFunction): CheckedFunction {
  const metrics = checked.metrics.map((each) =>
    each.verdict === 'incompatible'
      ? each
      : toMetricJudgement({
          ...each,
          verdict: 'inconclusive',
          reasonFacts: { code: 'interrupted' },
        }),
  );
  const warning = toWarning({ code: 'interrupted', command: 'check', left: [] });
  return { ...checked, metrics, warnings: [...checked.warnings, warning] };
}
