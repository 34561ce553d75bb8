import { mean } from 'simple-statistics';
import type { DurationSummary, SizeResult } from '../../contract/tune/size-result.ts';
import { cutAtZero } from '../statistics/cut-at-zero.ts';
import { strataOf } from '../payload/payload-weights.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { weightedMean, weightedQuantile } from '../statistics/weighted.ts';
import type { SizeEstimate } from './size-estimate.ts';
import type { Judged } from './size-outcome.ts';
import { errorsOf, weightedBy, type Measured, type SizeSample } from './size-sample.ts';

const NO_DURATIONS: DurationSummary = {
  mean: null,
  low: null,
  high: null,
  p50: null,
  p95: null,
  p99: null,
  max: null,
};

/** One size as results show it, but for the sentence about what became of it, which words add. */
export type JudgedSize = Omit<SizeResult, 'reason' | 'reasonFacts'> & Pick<Judged, 'reasonFacts'>;

/** Sums up one size. What was not measured is `null`. */
export function sizeResult(
  memoryMb: number,
  judged: Judged,
  sample: SizeSample | undefined,
  estimate: SizeEstimate | null,
): JudgedSize {
  const million = (usd: number | null | undefined): number | null =>
    usd === null || usd === undefined ? null : usd * 1e6;
  return {
    memoryMb,
    ...judged,
    invocations: sample?.invocations ?? 0,
    coldStarts: sample?.coldStarts ?? 0,
    errors: sample === undefined ? 0 : errorsOf(sample),
    durationMs: durationSummary(sample, estimate),
    initMs: initSummary(sample),
    billedMs: { mean: weightedMean(weightedBy(sample?.warm ?? [], ({ billedMs }) => billedMs)) },
    maxMemoryUsedMb: sample?.maxMemoryUsedMb ?? null,
    environments: sample?.environmentCount ?? 0,
    believed:
      estimate === null
        ? null
        : {
            durationMs: estimate.belief.durationMs,
            costUsdPerMillion: estimate.belief.costUsd * 1e6,
          },
    outliers: sample === undefined ? 0 : outliersOf(sample),
    costUsdPerMillion: {
      mean: million(estimate?.costUsd.mean),
      low: million(cutAtZero(estimate?.costUsd.low)),
      high: million(estimate?.costUsd.high),
    },
  };
}

/** Of warm invocations only, also where the decision had to rest on cold ones. */
function durationSummary(
  sample: SizeSample | undefined,
  estimate: SizeEstimate | null,
): DurationSummary {
  if (sample === undefined || estimate === null || sample.warm.length === 0) return NO_DURATIONS;
  const sorted = weightedBy(sample.warm, ({ durationMs }) => durationMs);
  return {
    ...estimate.durationMs,
    low: cutAtZero(estimate.durationMs.low),
    p50: weightedQuantile(sorted, 0.5),
    p95: weightedQuantile(sorted, 0.95),
    p99: weightedQuantile(sorted, 0.99),
    max: sorted.at(-1)?.value ?? null,
  };
}

/** Fewer values do not tell what is usual. */
const FEWEST_FOR_OUTLIERS = 8;
/** Tukey's outer fence: so many interquartile ranges beyond the upper quartile. */
const OUTER_FENCE = 3;

/**
 * Warm invocations beyond Tukey's outer fence of their payload, and at least twice its median. Counted, never
 * dropped.
 */
export function outliersOf({ warm }: SizeSample): number {
  return strataOf(warm).reduce((sum, { values }) => sum + outliersAmong(values), 0);
}

function outliersAmong(warm: readonly Measured[]): number {
  if (warm.length < FEWEST_FOR_OUTLIERS) return 0;
  const sorted = warm.map(({ durationMs }) => durationMs);
  const [q1, q2, q3] = [0.25, 0.5, 0.75].map((q) => quantileOf(sorted, q)) as [
    number,
    number,
    number,
  ];
  const fenceMs = Math.max(q3 + OUTER_FENCE * (q3 - q1), 2 * q2);
  return sorted.filter((ms) => ms > fenceMs).length;
}

function initSummary(sample: SizeSample | undefined): SizeResult['initMs'] {
  const sorted = sample?.initsMs ?? [];
  const max = sorted.at(-1);
  if (max === undefined) return null;
  return { mean: mean(sorted), p50: quantileOf(sorted, 0.5), max };
}
