import type { CheckStageInput, MeasuredSide } from '../../contract/check/check-stages.ts';

/** Returns the side of that name; without a base there is only the head. */
export function sideOf(
  { base, head }: CheckStageInput<'Measure'>['sides'],
  side: 'base' | 'head',
): MeasuredSide {
  return side === 'base' && base !== null ? base : head;
}
