import { quantileOfMetric, type Metric } from '../../contract/check/metric.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { clusteredMean } from './clustered-mean.ts';
import type { Sample } from './side-sample.ts';

/**
 * What environments are presumed to differ by where they are not known: the larger of the two spreads
 * that `bench:check` is held to.
 */
export const PRESUMED_ENVIRONMENT_SPREAD = 0.05;

/** A positive figure of one side, with intervals of any width. */
export interface SideEstimate {
  readonly value: number;
  /** Variance of its logarithm, roughly; weighs the sides' degrees of freedom. */
  readonly logVariance: number;
  readonly degrees: number;
  /**
   * Bounds at so many standard errors; 0 and Infinity where the sample does not reach that far.
   */
  readonly bounds: (t: number) => { readonly low: number; readonly high: number };
}

/** Returns a metric of one side, `null` where its values allow none. */
export function estimateSide(metric: Metric, sample: Sample): SideEstimate | null {
  if (sample.values.length < 2 || sample.values.some((value) => !(value > 0))) return null;
  const q = quantileOfMetric(metric);
  const own =
    metric === 'init.p50'
      ? initEstimate(sample)
      : q === null
        ? meanEstimate(sample)
        : quantileEstimate(sample, q);
  return sample.environments === null ? withPresumedEffects(own, sample) : own;
}

function meanEstimate({ values, environments }: Sample): SideEstimate {
  const { mean, standardError, degrees } = clusteredMean(values, environments);
  const relative = standardError / mean;
  return {
    value: mean,
    logVariance: relative ** 2,
    degrees,
    // On the logarithm (delta method), so that neither bound is ever negative.
    bounds: (t) => ({ low: mean * Math.exp(-t * relative), high: mean * Math.exp(t * relative) }),
  };
}

/**
 * Returns the median of inits. There is one for each environment, too few for order statistics to reach far,
 * so the interval is that of the mean of logarithms: the same thing where those are symmetric.
 */
function initEstimate({ values, environments }: Sample): SideEstimate {
  const sorted = values.toSorted((a, b) => a - b);
  const value = quantileOf(sorted, 0.5);
  const { standardError, degrees } = clusteredMean(values.map(Math.log), environments);
  return {
    value,
    logVariance: standardError ** 2,
    degrees,
    bounds: (t) => ({
      low: value * Math.exp(-t * standardError),
      high: value * Math.exp(t * standardError),
    }),
  };
}

/**
 * Returns a quantile with Woodruff's interval (JASA 47, 1952): the share of values below it is a mean, whose
 * interval is read back through the sample's own quantiles. Groups enter as they do for means.
 */
function quantileEstimate({ values, environments }: Sample, q: number): SideEstimate {
  const sorted = values.toSorted((a, b) => a - b);
  const value = quantileOf(sorted, q);
  const below = clusteredMean(
    values.map((each) => (each <= value ? 1 : 0)),
    environments,
  );
  const standardError = Math.max(below.standardError, Math.sqrt((q * (1 - q)) / values.length));
  const bounds = (t: number): { low: number; high: number } => {
    const down = q - t * standardError;
    const up = q + t * standardError;
    return {
      low: down <= 0 ? 0 : quantileOf(sorted, down),
      high: up >= 1 ? Infinity : quantileOf(sorted, up),
    };
  };
  return {
    value,
    logVariance: logVarianceOf(bounds(1), value),
    degrees: below.degrees,
    bounds,
  };
}

function logVarianceOf(
  one: { readonly low: number; readonly high: number },
  value: number,
): number {
  const low = one.low > 0 ? Math.log(value / one.low) : null;
  const high = Number.isFinite(one.high) ? Math.log(one.high / value) : null;
  const half = low === null ? (high ?? 1) : high === null ? low : (low + high) / 2;
  return Math.max(half ** 2, 1e-12);
}

/**
 * Adds to the variance what environments are presumed to differ by, where no log streams tell them apart; few
 * of them are presumed to have served most invocations.
 */
function withPresumedEffects(own: SideEstimate, { environmentCount }: Sample): SideEstimate {
  const serving = Math.max(1, environmentCount / 2);
  const extra = PRESUMED_ENVIRONMENT_SPREAD ** 2 / serving;
  return {
    value: own.value,
    logVariance: own.logVariance + extra,
    degrees: Math.max(1, Math.min(own.degrees, environmentCount - 1)),
    bounds: (t) => {
      const { low, high } = own.bounds(t);
      const widen = (half: number): number => Math.sqrt(half ** 2 + t ** 2 * extra);
      return {
        low: low <= 0 ? 0 : own.value * Math.exp(-widen(Math.log(own.value / low))),
        high: Number.isFinite(high)
          ? own.value * Math.exp(widen(Math.log(high / own.value)))
          : Infinity,
      };
    },
  };
}
