import type { GoalKind } from '../../contract/tune/goal.ts';

interface Line {
  readonly shift: number;
  readonly slope: number;
}

/** From the share of draws to the probability that came true; see {@link statedProbability}. */
const LINES: Readonly<Record<GoalKind, Line>> = {
  cheapest: { shift: 1.42, slope: 0.564 },
  'best-value': { shift: 1.29, slope: 0.692 },
  fastest: { shift: 2.01, slope: 0.641 },
  // Not fitted on its own: the line of all three together.
  balanced: { shift: 1.51, slope: 0.645 },
};

/** Of 999 draws, all or none says no more than this. */
const NEAREST_TO_CERTAIN = 0.0005;

/**
 * The probability to state, from the share of draws in which something held. The share is too modest
 * where several sizes are about equally good: in every draw another one of them happens to look best. On
 * functions whose truth is known a straight line between the logits puts that right (Platt 1999); fitted
 * for a tolerance of 5 % by `npm run bench:decisions -- --only fit`, on seeds that nothing is judged on.
 */
export function statedProbability(kind: GoalKind, shareOfDraws: number): number {
  const { shift, slope } = LINES[kind];
  return 1 / (1 + Math.exp(-(shift + slope * logit(shareOfDraws))));
}

/** What {@link statedProbability} was given. */
export function rawProbability(kind: GoalKind, stated: number): number {
  const { shift, slope } = LINES[kind];
  return 1 / (1 + Math.exp(-(logit(stated, 0) - shift) / slope));
}

export function logit(p: number, nearest = NEAREST_TO_CERTAIN): number {
  const bounded = Math.min(1 - nearest, Math.max(nearest, p));
  return Math.log(bounded / (1 - bounded));
}
