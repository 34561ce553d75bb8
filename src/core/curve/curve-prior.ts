import { MAX_MEMORY_MB, MEMORY_MB_PER_VCPU } from '../../contract/shared/memory.ts';

/** One hypothesis about a curve: up to where it gains, and how far it strays from the law. */
export interface Hypothesis {
  /** Memory beyond which the work gains nothing: the law is a + b ÷ min(memory, knee). */
  readonly kneeMb: number;
  /** Typical relative distance between the curve and its law. */
  readonly strays: number;
  /** Weight before anything was measured. */
  readonly prior: number;
}

/** One vCPU, several of them, and functions that stop earlier. 1,769 MB is the commonest by far. */
const KNEES: readonly (readonly [kneeMb: number, prior: number])[] = [
  [512, 0.05],
  [1024, 0.07],
  [MEMORY_MB_PER_VCPU, 0.45],
  [2400, 0.08],
  [2 * MEMORY_MB_PER_VCPU, 0.08],
  [3 * MEMORY_MB_PER_VCPU, 0.07],
  [MAX_MEMORY_MB, 0.2],
];

/**
 * How far curves stray from the law. Chosen by leaving sizes out of measured curves that nothing is judged on:
 * hypotheses of hardly any departure let the law overrule sizes that were measured ten times (docs/model.md,
 * "The prior of the curve").
 */
const STRAYS: readonly (readonly [strays: number, prior: number])[] = [
  [0.03, 0.15],
  [0.08, 0.25],
  [0.2, 0.3],
  [0.6, 0.3],
];

export const HYPOTHESES: readonly Hypothesis[] = KNEES.flatMap(([kneeMb, ofKnee]) =>
  STRAYS.map(([strays, ofStrays]) => ({ kneeMb, strays, prior: ofKnee * ofStrays })),
);

/** Over how many doublings of memory a curve's departure from its law stays alike. */
const ALIKE_OVER_DOUBLINGS = 1;
/** The part of a departure that is a size's own, and says nothing about its neighbours. */
const OWN_PART = 0.25;

/** Every size departs by as much at least, of its own, however well the others keep to the law. */
const LEAST_OWN = 0.02;

/**
 * Tells which part of their departures two sizes share: the same under every hypothesis, so it is found once.
 */
export function sharedPart(oneMb: number, otherMb: number): number {
  const distance = Math.log2(oneMb / otherMb) / ALIKE_OVER_DOUBLINGS;
  return (1 - OWN_PART) * Math.exp(-(distance * distance) / 2);
}

/** Variance of what a size departs by of its own. */
export function ownVariance(strays: number): number {
  return OWN_PART * strays ** 2 + LEAST_OWN ** 2;
}
