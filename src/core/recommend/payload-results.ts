import type { PayloadResult } from '../../contract/tune/size-result.ts';
import { strataOf } from '../payload/payload-weights.ts';
import { cutAtZero } from '../statistics/cut-at-zero.ts';
import { stratifiedMean } from '../statistics/stratified-mean.ts';
import { seededRandom, type Random } from '../../contract/shared/random.ts';
import { weightedBy, type Measured, type SizeSample } from './size-sample.ts';
import type { JudgedSize } from './size-result.ts';
import { weightedMean } from '../statistics/weighted.ts';

/** A state holds 256 KiB beside up to 8,000 observations, and one of these takes about 230 bytes as JSON. */
const MOST_ROWS = 100;

export interface PayloadTerms {
  readonly basis: 'warm' | 'cold';
  readonly seed: number;
  /** Of the payloads of the run, in their order. */
  readonly weights: readonly number[];
}

/**
 * Sizes with what each payload took there, where the run has several. Where they would be too many for an
 * execution's output, only the sizes that matter most have it.
 *
 * @param foremost the recommended size and the present one, in this order
 */
export function withPayloads(
  sizes: readonly JudgedSize[],
  samples: ReadonlyMap<number, SizeSample>,
  terms: PayloadTerms,
  foremost: readonly number[],
): readonly JudgedSize[] {
  if (terms.weights.length < 2) return sizes;
  const payloads = terms.weights.length;
  const all = sizes.length * payloads <= MOST_ROWS;
  const shown = foremost.slice(0, Math.max(1, Math.floor(MOST_ROWS / payloads)));
  return sizes.map((size) => {
    const sample = samples.get(size.memoryMb);
    if (sample === undefined || (!all && !shown.includes(size.memoryMb))) return size;
    const others = [...samples.values()].filter((each) => each !== sample);
    return { ...size, payloads: payloadResults(sample, others, terms) };
  });
}

function payloadResults(
  sample: SizeSample,
  others: readonly SizeSample[],
  { basis, seed, weights }: PayloadTerms,
): readonly PayloadResult[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const strata = new Map(strataOf(sample[basis]).map((each) => [each.payload, each.values]));
  const ofOthers = others.flatMap((each) => strataOf(each[basis]).map(durations));
  return weights.map((weight, payload) => {
    const values = strata.get(payload) ?? [];
    const { invocations = 0, errors = 0 } = sample.payloads[payload] ?? {};
    const usd = weightedMean(weightedBy(values, (each) => each.usd));
    const random = seededRandom(seed, `payload ${payload} at ${sample.memoryMb} MB`);
    return {
      payload,
      share: weight / total,
      invocations,
      errors,
      durationMs: durationOf({ payload, values }, ofOthers, random),
      costUsdPerMillion: { mean: usd === null ? null : usd * 1e6 },
    };
  });
}

interface Stratum {
  readonly payload: number;
  readonly values: readonly Measured[];
}

function durationOf(
  stratum: Stratum,
  others: readonly ReturnType<typeof durations>[],
  random: Random,
): PayloadResult['durationMs'] {
  const { values } = stratum;
  if (values.length === 0) return { mean: null, low: null, high: null, max: null };
  const mean = stratifiedMean([durations(stratum)], others, random);
  return { ...mean, low: cutAtZero(mean.low), max: values.at(-1)?.durationMs ?? null };
}

function durations({ payload, values }: Stratum): {
  readonly payload: number;
  readonly share: number;
  readonly values: readonly number[];
} {
  return { payload, share: 1, values: values.map(({ durationMs }) => durationMs) };
}
