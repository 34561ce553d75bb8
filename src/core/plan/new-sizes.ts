import { MAX_MEMORY_MB } from '../../contract/shared/memory.ts';
import type { Belief } from '../recommend/beliefs.ts';
import type { SizeSample } from '../recommend/size-sample.ts';
import { LARGE_SIZES } from './candidate-sizes.ts';
import { gainsOf, type Outlook } from './outlook.ts';
import { MOST_ADDED, PLAN_RULES } from './plan-rules.ts';
import { isSafe } from './safe-sizes.ts';
import type { PlanRequest } from './plan-request.ts';

/** Neighbours closer than this differ by less than the noise. */
const LEAST_RATIO = 1.25;
/** Sizes in AWS's console and in most functions are multiples of this. */
const STEP_MB = 64;

/**
 * Sizes that could be measured besides those that were: between measured ones, and above the largest. None
 * where the input names the sizes, none that is not safe, none above one that was refused.
 */
function candidates(
  request: PlanRequest,
  seen: readonly number[],
  known: readonly SizeSample[],
): readonly number[] {
  const { input, variants } = request;
  if (input.memorySizes !== 'auto') return [];
  const every = [...new Set([...seen, ...variants.map(({ memoryMb }) => memoryMb)])];
  const extra = every.length - PLAN_FIRST_SIZES;
  if (extra >= MOST_ADDED) return [];
  const alive = known.map(({ memoryMb }) => memoryMb).toSorted((a, b) => a - b);
  const largest = alive.at(-1) ?? 0;
  const between = alive.slice(1).map((upper, index) => {
    const middle = Math.sqrt(upper * (alive[index] ?? upper));
    return Math.round(middle / STEP_MB) * STEP_MB;
  });
  const diedAbove = every.some((size) => size > largest);
  const above = diedAbove ? [] : LARGE_SIZES.filter((size) => size > largest);
  return [...between, ...above]
    .filter(isSafe(request))
    .filter(
      (size) =>
        size <= MAX_MEMORY_MB &&
        every.every((other) => Math.max(size / other, other / size) >= LEAST_RATIO),
    );
}

/** The likely sizes and perhaps the present one: what a run starts with. */
const PLAN_FIRST_SIZES = 7;

/** Those that may bring enough by the curve, the most promising first. */
function worthMeasuring(
  { input }: PlanRequest,
  measured: readonly Belief[],
  ahead: Outlook,
  unseen: readonly Belief[],
): readonly Belief[] {
  const gains = gainsOf(input.goal, measured, ahead, unseen);
  return unseen
    .map((belief, index) => ({ belief, gain: gains[index] as number }))
    .filter(({ gain }) => gain >= PLAN_RULES.worthAdding)
    .toSorted((a, b) => b.gain - a.gain || a.belief.memoryMb - b.belief.memoryMb)
    .slice(0, PLAN_RULES.mostAddedInARound)
    .map(({ belief }) => belief);
}

export const newSizes = { candidates, worthMeasuring };
