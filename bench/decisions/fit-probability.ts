import { logit } from '../../src/core/recommend/stated-probability.ts';
import type { Stated } from './calibration.ts';

/**
 * Logistic regression of what came true on the logit of the share of draws (Platt 1999), by Newton's
 * method: the numbers of core/recommend/stated-probability.ts.
 */
export function fitProbability(stated: readonly Stated[]): {
  readonly shift: number;
  readonly slope: number;
} {
  let [shift, slope] = [0, 1];
  for (let step = 0; step < 50; step += 1) {
    // A little of the prior (shift 0, slope 1) keeps separable data finite.
    let [g0, g1, h00, h01, h11] = [-shift, -(slope - 1), 1, 0, 1];
    for (const { raw, isWithin } of stated) {
      const x = logit(raw);
      const p = 1 / (1 + Math.exp(-(shift + slope * x)));
      const miss = (isWithin ? 1 : 0) - p;
      const weight = p * (1 - p);
      g0 += miss;
      g1 += miss * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    shift += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return { shift, slope };
}
