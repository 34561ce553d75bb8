import type { Goal, GoalKind } from '../../contract/tune/goal.ts';
import type { Question } from './serves-goal.ts';

/** Logit of what came true = shift + slope × logit of the share of draws + ofTolerance × ln(tolerance ÷ 5 %). */
export interface Line {
  readonly shift: number;
  readonly slope: number;
  readonly ofTolerance: number;
}

/** From the share of draws to the probability that came true; see {@link statedProbability}. */
const LINES: Readonly<Record<GoalKind | 'good-enough', Line>> = {
  cheapest: { shift: 1.396, slope: 0.575, ofTolerance: 0.515 },
  'best-value': { shift: 0.207, slope: 0.813, ofTolerance: 0.082 },
  fastest: { shift: 2.677, slope: 0.564, ofTolerance: 0.237 },
  balanced: { shift: 1.641, slope: 0.523, ofTolerance: 0.301 },
  'good-enough': { shift: 0.681, slope: 0.744, ofTolerance: -0.087 },
};

/** Of 999 draws, all or none says no more than this. */
const NEAREST_TO_CERTAIN = 0.0005;

/** Lines were fitted for tolerances from 2 to 20 %; beyond, the nearest of these counts. */
const FITTED = [0.02, 0.2] as const;

/**
 * Returns the probability to state, from the share of draws in which something held. What is drawn is what is
 * believed of each size, not what is believed of the size that happened to look best, and the prior is not
 * quite the world: on functions whose truth is known a straight line between the logits puts that right
 * (Platt 1999), one for each goal, moved by the tolerance. Fitted by `npm run bench:decisions -- --only fit`,
 * on functions and seeds that nothing is judged on.
 */
export function statedProbability(goal: Goal, question: Question, shareOfDraws: number): number {
  const isOwnQuestion = question === 'good-enough' && goal.kind === 'best-value';
  const { shift, slope, ofTolerance } = LINES[isOwnQuestion ? 'good-enough' : goal.kind];
  return logistic(shift + slope * logit(shareOfDraws) + ofTolerance * toleranceTerm(goal));
}

/**
 * The most that is stated of a size that was invoked so often. What a few invocations have in common, and no
 * model foresees, is not seen by them: under 10 of them no probability is very high.
 */
export function mostStated(count: number): number {
  return 1 - 1 / (10 * Math.max(1, count));
}

/** Tells how far a goal's tolerance lies from the default, as the lines count it. */
export function toleranceTerm({ tolerance }: Pick<Goal, 'tolerance'>): number {
  return Math.log(Math.min(FITTED[1], Math.max(FITTED[0], tolerance)) / 0.05);
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function logit(p: number): number {
  const bounded = Math.min(1 - NEAREST_TO_CERTAIN, Math.max(NEAREST_TO_CERTAIN, p));
  return Math.log(bounded / (1 - bounded));
}
