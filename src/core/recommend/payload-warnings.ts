import type { FactsOf, WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { PayloadGap } from './payload-gaps.ts';
import type { SizeSample } from './size-sample.ts';

/** Fewer values of a payload are hardly a mean. */
const FEW_VALUES = 3;

/**
 * Tells what is to be known about payloads: those that means lack, and those that rest on next to nothing.
 */
export function payloadWarnings(
  gaps: readonly PayloadGap[],
  chosen: SizeSample,
  basis: 'warm' | 'cold',
): readonly WarningFacts[] {
  const unmeasured = placesOf(gaps.filter((gap) => !gap.failed));
  const failed = placesOf(gaps.filter((gap) => gap.failed));
  const few = fewOf(chosen, basis);
  const warnings: WarningFacts[] = [];
  if (unmeasured.length > 0) {
    warnings.push({ code: 'payloads-unmeasured', places: unmeasured, command: 'tune' });
  }
  if (failed.length > 0) warnings.push({ code: 'payloads-failed', places: failed });
  if (few.length > 0) {
    const { memoryMb } = chosen;
    warnings.push({ code: 'few-observations-of-payloads', memoryMb, basis, payloads: few });
  }
  return warnings;
}

function placesOf(gaps: readonly PayloadGap[]): FactsOf<'payloads-failed'>['places'] {
  const sizes = new Map<number, number[]>();
  for (const { payload, memoryMb } of gaps) {
    sizes.set(payload, [...(sizes.get(payload) ?? []), memoryMb]);
  }
  return [...sizes].map(([payload, memorySizesMb]) => ({ payload, memorySizesMb }));
}

function fewOf(
  { payloads, ...sample }: SizeSample,
  basis: 'warm' | 'cold',
): FactsOf<'few-observations-of-payloads'>['payloads'] {
  if (payloads.length < 2) return [];
  return payloads
    .map(({ payload }) => ({
      payload,
      count: sample[basis].filter((each) => each.payload === payload).length,
    }))
    .filter(({ count }) => count > 0 && count < FEW_VALUES);
}
