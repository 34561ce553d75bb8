import type { CheckRule } from '../../contract/check/check.ts';
import {
  isOfWarmInvocations,
  isShareOfFailures,
  quantileOfMetric,
} from '../../contract/check/metric.ts';
import { studentTQuantile } from '../statistics/student-t.ts';
import { LEAST_RISE_FOUND } from './judge-errors.ts';
import { LEAST_SAMPLES, missTailOf, tailOf, type Judging } from './judging.ts';
import { LEAST_ENVIRONMENTS, planLooks } from './look-plan.ts';

/** How far a check may go at most, and how its last look is judged. */
export interface Extent {
  readonly maxInvocations: number;
  readonly sides: 1 | 2;
  readonly mostEnvironments: number;
  readonly judging: Judging;
}

/** Whether a rule can be judged within what a check may do. */
export interface Judgeable {
  /**
   * `both`: it can pass and it can fail. `one`: it may do only one of them. `never`: it would be
   * inconclusive whatever is measured.
   */
  readonly kind: 'both' | 'one' | 'never';
  /** About how many invocations, of all sides together, let it do both. */
  readonly invocations: number;
}

/** Degrees of freedom that no number of environments reaches: the most hopeful case. */
const MOST_DEGREES = 10_000;

/**
 * Tells what a rule takes. A quantile has an upper end only where q + t √(q (1 − q) ÷ n) stays below 1
 * (Woodruff's interval), so a high one takes many values however little they spread; any metric takes the
 * least number of values at all.
 */
export function judgeable(rule: CheckRule, extent: Extent): Judgeable {
  const { sides } = extent;
  const last = planLooks(extent).at(-1) ?? { invocationsPerSide: 0, environmentsPerSide: 0 };
  const environments = Math.max(LEAST_ENVIRONMENTS, last.environmentsPerSide);
  // A comparison has the degrees of freedom of both sides, where these spread alike.
  const degrees = (environments - 1) * (rule.kind === 'regression' ? 2 : 1);
  const least = leastWarm(rule, extent.judging, MOST_DEGREES);
  const likely = leastWarm(rule, extent.judging, degrees);
  const cold = isOfWarmInvocations(rule.metric) ? environments : 0;
  const expected = last.invocationsPerSide - cold;
  const most =
    last.invocationsPerSide - (isOfWarmInvocations(rule.metric) ? LEAST_ENVIRONMENTS : 0);
  return {
    kind:
      most < Math.min(least.pass, least.fail)
        ? 'never'
        : expected < Math.max(likely.pass, likely.fail)
          ? 'one'
          : 'both',
    invocations: roundUp((Math.max(likely.pass, likely.fail) + cold) * sides),
  };
}

/** Values of each side that let a rule pass, and that let it fail. */
function leastWarm(
  rule: CheckRule,
  judging: Judging,
  degrees: number,
): { readonly pass: number; readonly fail: number } {
  if (isShareOfFailures(rule.metric) && rule.kind === 'regression') {
    // Of invocations that all end well, (1 − rise)^n ≤ tail rules that rise out.
    const most = rule.limit + LEAST_RISE_FOUND;
    const pass = most >= 1 ? 1 : Math.ceil(Math.log(missTailOf(judging)) / Math.log1p(-most));
    return { pass, fail: LEAST_SAMPLES };
  }
  const q = quantileOfMetric(rule.metric);
  if (q === null) return { pass: LEAST_SAMPLES, fail: LEAST_SAMPLES };
  const bounded = (tail: number, odds: number): number => {
    const t = studentTQuantile(1 - tail, degrees);
    return Math.max(LEAST_SAMPLES, Math.floor(t ** 2 * odds) + 1);
  };
  const [above, below] = [q / (1 - q), (1 - q) / q];
  const [passTail, failTail] = [missTailOf(judging), tailOf(judging)];
  // A change needs a lower end of one side and an upper end of the other, whichever way it is judged.
  return rule.kind === 'budget'
    ? { pass: bounded(passTail, above), fail: bounded(failTail, below) }
    : {
        pass: bounded(passTail, Math.max(above, below)),
        fail: bounded(failTail, Math.max(above, below)),
      };
}

/** To two digits: it is an estimate. */
function roundUp(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.ceil(count / unit) * unit;
}
