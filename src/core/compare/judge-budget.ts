import {
  isOfEnvironments,
  isPeak,
  isShareOfFailures,
  unitOf,
} from '../../contract/check/metric.ts';
import type { CheckRule, MetricVerdict } from '../../contract/check/check.ts';
import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import { betaQuantile } from '../statistics/beta-distribution.ts';
import { studentTQuantile } from '../statistics/student-t.ts';
import {
  fewForQuantile,
  LEAST_SAMPLES,
  missTailOf,
  tailOf,
  type JudgedRule,
  type Judging,
  type Sides,
} from './judging.ts';
import { LEAST_ENVIRONMENTS } from './look-plan.ts';
import { estimateSide } from './side-estimate.ts';
import { sampleOf, type Sample, type Side } from './side-sample.ts';

interface Value {
  readonly value: number | null;
  /** The ends of the interval that leaves this probability out on one side. */
  readonly low: (tail: number) => number;
  readonly high: (tail: number) => number;
}

/**
 * Judges the head against an absolute limit. A figure with noise is over budget once its interval is
 * beyond the limit, and passes once it is within it. Peaks of memory and time are facts: one that was
 * seen beyond the limit is over it. Errors are over budget when the exact interval of their share says
 * so (Clopper and Pearson), and pass on the share seen.
 */
export function judgeBudget(rule: CheckRule, sides: Sides, judging: Judging): JudgedRule {
  const sample = sampleOf(sides.head, rule.metric);
  const value = valueOf(rule, sides.head, sample);
  const tail = tailOf(judging);
  const { verdict, reasonFacts } = verdictOf(rule, sample, value, judging);
  return {
    metric: rule.metric,
    rule,
    unit: unitOf(rule.metric),
    base:
      sides.base === null
        ? null
        : valueOf(rule, sides.base, sampleOf(sides.base, rule.metric)).value,
    head: value.value,
    change: null,
    atMost: null,
    headInterval: value.value === null ? null : toFiniteInterval(value.low(tail), value.high(tail)),
    confidence: 1 - 2 * tail,
    verdict,
    reasonFacts,
    samples: {
      base: sides.base === null ? 0 : sampleOf(sides.base, rule.metric).values.length,
      head: sample.values.length,
    },
    environments: {
      base: null,
      head: sample.environments === null ? null : sample.environmentCount,
    },
  };
}

function verdictOf(
  rule: CheckRule,
  sample: Sample,
  { value, low, high }: Value,
  judging: Judging,
): { readonly verdict: MetricVerdict; readonly reasonFacts: JudgementReason | null } {
  if (value === null) return { verdict: 'inconclusive', reasonFacts: { code: 'no-samples' } };
  const sign = rule.bound === 'max' ? 1 : -1;
  const tail = tailOf(judging);
  const nearest = rule.bound === 'max' ? low(tail) : high(tail);
  if (isPeak(rule.metric) || hasEnough(rule, sample)) {
    if (sign * (value - rule.limit) > 0 && sign * (nearest - rule.limit) > 0) {
      return { verdict: 'over-budget', reasonFacts: null };
    }
  }
  if (!hasEnough(rule, sample)) {
    return {
      verdict: 'inconclusive',
      reasonFacts: {
        code: 'few-samples-or-environments',
        samples: sample.values.length,
        environments: sample.environmentCount,
        leastSamples: LEAST_SAMPLES,
        leastEnvironments: LEAST_ENVIRONMENTS,
      },
    };
  }
  const missTail = missTailOf(judging);
  const farthest = isShareOfFailures(rule.metric)
    ? value
    : rule.bound === 'max'
      ? high(missTail)
      : low(missTail);
  if (sign * (farthest - rule.limit) <= 0) return { verdict: 'pass', reasonFacts: null };
  return {
    verdict: 'inconclusive',
    reasonFacts: Number.isFinite(farthest) ? { code: 'limit-within-noise' } : fewForQuantile(rule),
  };
}

function hasEnough(rule: CheckRule, sample: Sample): boolean {
  if (
    sample.environmentCount < LEAST_ENVIRONMENTS &&
    !isPeak(rule.metric) &&
    !isShareOfFailures(rule.metric)
  ) {
    return false;
  }
  const perEnvironment = isOfEnvironments(rule.metric);
  return sample.values.length >= (perEnvironment ? LEAST_ENVIRONMENTS : LEAST_SAMPLES);
}

function valueOf(rule: CheckRule, side: Side, sample: Sample): Value {
  const { values } = sample;
  if (values.length === 0) return toExactValue(null);
  const peak = values.reduce((most, value) => Math.max(most, value), 0);
  switch (rule.metric) {
    case 'memory.used':
      return toExactValue(peak);
    case 'memory.headroom':
      return toExactValue(1 - peak / side.facts.key.memoryMb);
    case 'timeout.headroom': {
      const { timeoutSeconds } = side.facts;
      return toExactValue(timeoutSeconds === null ? null : 1 - peak / (timeoutSeconds * 1000));
    }
    case 'errors':
      return errorShare(values);
    case 'duration.p50':
    case 'duration.p95':
    case 'duration.p99':
    case 'duration.mean':
    case 'cost':
    case 'init.p50':
      return estimateValue(rule, sample);
  }
}

function estimateValue(rule: CheckRule, sample: Sample): Value {
  const estimate = estimateSide(rule.metric, sample);
  if (estimate === null) return toExactValue(null);
  const degrees = Math.max(1, estimate.degrees);
  const at = (tail: number): number => studentTQuantile(1 - tail, degrees);
  return {
    value: estimate.value,
    low: (tail) => estimate.bounds(at(tail)).low,
    high: (tail) => estimate.bounds(at(tail)).high,
  };
}

function errorShare(values: readonly number[]): Value {
  const n = values.length;
  const errors = values.reduce((sum, value) => sum + value, 0);
  return {
    value: errors / n,
    low: (tail) => (errors === 0 ? 0 : betaQuantile(tail, errors, n - errors + 1)),
    high: (tail) => (errors === n ? 1 : betaQuantile(1 - tail, errors + 1, n - errors)),
  };
}

function toExactValue(value: number | null): Value {
  return { value, low: () => value ?? 0, high: () => value ?? 0 };
}

function toFiniteInterval(low: number, high: number): { low: number | null; high: number | null } {
  return { low, high: Number.isFinite(high) ? high : null };
}
