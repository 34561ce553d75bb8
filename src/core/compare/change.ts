import { studentTQuantile } from '../statistics/student-t.ts';
import type { SideEstimate } from './side-estimate.ts';

/** Head ÷ base − 1 with bounds: −1 and Infinity where a side's sample does not reach that far. */
export interface Change {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Tells how much a figure changed, with an interval that leaves `tail` on each side. The sides' own intervals
 * are joined on the logarithm (MOVER: Zou and Donner, Statistics in Medicine 27, 2008), which keeps the
 * skewness of each; degrees of freedom by Welch and Satterthwaite.
 *
 * @param driftSpread standard deviation of what may have changed between the two besides the code, as a share
 */
export function changeOf(
  base: SideEstimate,
  head: SideEstimate,
  tail: number,
  driftSpread: number,
): Change {
  const t = studentTQuantile(1 - tail, degreesOf(base, head));
  const ofBase = base.bounds(t);
  const ofHead = head.bounds(t);
  const change = Math.log(head.value / base.value);
  const drift = t * driftSpread;
  const down = Math.hypot(
    Math.log(head.value / ofHead.low),
    Math.log(ofBase.high / base.value),
    drift,
  );
  const up = Math.hypot(
    Math.log(ofHead.high / head.value),
    Math.log(base.value / ofBase.low),
    drift,
  );
  return {
    estimate: Math.expm1(change),
    low: Math.expm1(change - down),
    high: Math.expm1(change + up),
  };
}

function degreesOf(base: SideEstimate, head: SideEstimate): number {
  const [a, b] = [base.logVariance, head.logVariance];
  // Two sides without any spread: the fewer degrees of the two are the safe ones.
  if (a + b === 0) return Math.max(1, Math.min(base.degrees, head.degrees));
  const degrees =
    (a + b) ** 2 / (a ** 2 / Math.max(base.degrees, 1) + b ** 2 / Math.max(head.degrees, 1));
  return Math.max(1, degrees);
}
