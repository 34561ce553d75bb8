import { keysOf } from '../shared/keys-of.ts';

/** The unit that a metric's numbers are in. `share`: 0.2 is 20 %. */
export type MetricUnit = 'ms' | 'usdPerMillion' | 'mb' | 'share';

/** Everything that a check has to know of a metric, but for how its values are read off an observation. */
interface MetricFacts {
  readonly unit: MetricUnit;
  /**
   * What has a value: a warm invocation that ended well, any invocation, or an environment, which has one
   * value however many invocations it serves.
   */
  readonly valueOf: 'warm invocation' | 'invocation' | 'environment';
  /**
   * Whose speed it depends on: that of runs, that of inits, or nobody's. A busy machine, or a function that
   * answers from what it has seen, makes figures of speed meaningless.
   */
  readonly speedOf: 'runs' | 'inits' | null;
  /** How the values are summed up; a quantile is of durations. */
  readonly statistic: 'mean' | 'median of inits' | 'peak' | 'share' | { readonly quantile: number };
  /** Which way a budget holds: headroom runs out from below, everything else from above. */
  readonly bound: 'max' | 'min';
  /** Whether a change can be judged. Headroom has no zero that a share could be of. */
  readonly isCompared: boolean;
}

const DURATION = {
  unit: 'ms',
  valueOf: 'warm invocation',
  speedOf: 'runs',
  bound: 'max',
  isCompared: true,
} as const;

/** What a check can judge: one row for each metric. Keys are promises (`docs/ci.md`), and so is their order. */
const TABLE = {
  'duration.p50': { ...DURATION, statistic: { quantile: 0.5 } },
  'duration.p95': { ...DURATION, statistic: { quantile: 0.95 } },
  'duration.p99': { ...DURATION, statistic: { quantile: 0.99 } },
  'duration.mean': { ...DURATION, statistic: 'mean' },
  cost: { ...DURATION, unit: 'usdPerMillion', statistic: 'mean' },
  'init.p50': {
    unit: 'ms',
    valueOf: 'environment',
    speedOf: 'inits',
    statistic: 'median of inits',
    bound: 'max',
    isCompared: true,
  },
  'memory.used': {
    unit: 'mb',
    valueOf: 'environment',
    speedOf: null,
    statistic: 'peak',
    bound: 'max',
    isCompared: true,
  },
  'memory.headroom': {
    unit: 'share',
    valueOf: 'environment',
    speedOf: null,
    statistic: 'peak',
    bound: 'min',
    isCompared: false,
  },
  'timeout.headroom': {
    unit: 'share',
    valueOf: 'invocation',
    speedOf: 'runs',
    statistic: 'peak',
    bound: 'min',
    isCompared: false,
  },
  errors: {
    unit: 'share',
    valueOf: 'invocation',
    speedOf: null,
    statistic: 'share',
    bound: 'max',
    isCompared: true,
  },
} as const satisfies Readonly<Record<string, MetricFacts>>;

export type Metric = keyof typeof TABLE;
/** Metrics of which a change can be judged. */
export type ComparedMetric = {
  [Name in Metric]: (typeof TABLE)[Name]['isCompared'] extends true ? Name : never;
}[Metric];

const FACTS: Readonly<Record<Metric, MetricFacts>> = TABLE;

export const METRICS = keysOf(TABLE);
export const COMPARED_METRICS = METRICS.filter(
  (metric): metric is ComparedMetric => FACTS[metric].isCompared,
);

export function unitOf(metric: Metric): MetricUnit {
  return FACTS[metric].unit;
}

/** Tells which way a budget of a metric holds. */
export function boundOf(metric: Metric): 'max' | 'min' {
  return FACTS[metric].bound;
}

/** Returns the quantile of durations that a metric is; `null` where it is none. */
export function quantileOfMetric(metric: Metric): number | null {
  const { statistic } = FACTS[metric];
  return typeof statistic === 'object' ? statistic.quantile : null;
}

/** Tells whether a metric is the share of invocations that failed. Its changes are in percentage points. */
export function isShareOfFailures(metric: Metric): boolean {
  return FACTS[metric].statistic === 'share';
}

/** Tells whether a metric is a fact about the worst that was seen, which no noise is in. */
export function isPeak(metric: Metric): boolean {
  return FACTS[metric].statistic === 'peak';
}

export function isOfWarmInvocations(metric: Metric): boolean {
  return FACTS[metric].valueOf === 'warm invocation';
}

/** Tells whether each environment has one value, so that few values are enough. */
export function isOfEnvironments(metric: Metric): boolean {
  return FACTS[metric].valueOf === 'environment';
}

/** Tells whether a metric depends on how fast invocations run: their durations, and what follows from these. */
export function isOfRunSpeed(metric: Metric): boolean {
  return FACTS[metric].speedOf === 'runs';
}

/** Tells whether a metric depends on how fast a machine is, inits included. */
export function isOfSpeed(metric: Metric): boolean {
  return FACTS[metric].speedOf !== null;
}
