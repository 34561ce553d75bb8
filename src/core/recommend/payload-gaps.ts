import type { SizeSample } from './size-sample.ts';

/** A payload that the means of a size lack. */
export interface PayloadGap {
  readonly memoryMb: number;
  readonly payload: number;
  /** None of its invocations ended well; otherwise none was made, or none on a warm environment. */
  readonly failed: boolean;
}

/**
 * Payloads without a value at a size that has values of others. What fails at every size is in no mean, as
 * failures never are; everything else makes means of different mixes.
 *
 * @param measured the sizes that may be chosen
 */
export function payloadGaps(
  measured: readonly SizeSample[],
  basis: 'warm' | 'cold',
): readonly PayloadGap[] {
  return measured.flatMap((sample) => {
    const values = sample[basis].length > 0 ? sample[basis] : sample.cold;
    const seen = new Set(values.map(({ payload }) => payload));
    if (sample.payloads.length < 2) return [];
    return sample.payloads
      .filter(({ payload }) => !seen.has(payload))
      .map(({ payload, invocations, errors }) => ({
        memoryMb: sample.memoryMb,
        payload,
        failed: invocations > 0 && errors === invocations,
      }));
  });
}

/** Tells whether gaps leave sizes with means of different mixes, or of another mix than the weights say. */
export function areMeansOfAnotherMix(
  gaps: readonly PayloadGap[],
  measured: readonly SizeSample[],
): boolean {
  const failsEverywhere = (payload: number): boolean =>
    gaps.filter((gap) => gap.payload === payload && gap.failed).length === measured.length;
  return gaps.some(({ payload }) => !failsEverywhere(payload));
}
