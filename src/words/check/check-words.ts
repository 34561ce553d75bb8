import type {
  CheckedFunction,
  CheckRule,
  MetricJudgement,
  MetricVerdict,
} from '../../contract/check/check.ts';
import type { Metric, MetricUnit } from '../../contract/check/metric.ts';
import { durationText } from '../format/duration.ts';
import { memoryText } from '../format/memory.ts';
import { isShown, MISSING } from '../format/missing.ts';
import { costPerMillionText, currencyOf } from '../format/money.ts';
import { percentNumber, percentText } from '../format/percent.ts';

/** Returns a number in its metric's unit. */
export function metricText(value: number | null, unit: MetricUnit, region: string): string {
  if (!isShown(value)) return MISSING;
  switch (unit) {
    case 'ms':
      return durationText(value);
    case 'usdPerMillion':
      return `${costPerMillionText(value)}\u00a0${currencyOf(region)}/M`;
    case 'mb':
      return memoryText(value);
    case 'share':
      return percentText(value);
  }
}

/** Returns a change with its sign: `+10 %`; of a share, which may be 0, in points: `+35 points`. */
export function changeText(change: number | null, unit: MetricUnit): string {
  if (!isShown(change)) return MISSING;
  // The size alone is put into words, so that no change has two signs.
  const size = Math.abs(change);
  const text = unit === 'share' ? `${percentNumber(size)}\u00a0points` : percentText(size);
  return change < 0 ? `−${text}` : `+${text}`;
}

/** `at most +5 %`, `at least 20 %`. */
export function ruleText(rule: CheckRule, unit: MetricUnit, region: string): string {
  if (rule.kind === 'regression') {
    return unit === 'share' && rule.limit === 0
      ? 'no rise'
      : `at most ${changeText(rule.limit, unit)}`;
  }
  const words = rule.bound === 'max' ? 'at most' : 'at least';
  return `${words} ${metricText(rule.limit, unit, region)}`;
}

/** Returns the interval that decided; empty where there is none. */
export function intervalText(judgement: MetricJudgement, region: string): string {
  const { change, headInterval, unit } = judgement;
  if (change !== null && (isShown(change.low) || isShown(change.high))) {
    return `${isShown(change.low) ? changeText(change.low, unit) : 'no bound'} to ${isShown(change.high) ? changeText(change.high, unit) : 'no bound'}`;
  }
  if (headInterval === null) return '';
  const { low, high } = headInterval;
  return low === high
    ? ''
    : `${metricText(low, unit, region)} to ${high === null ? 'no bound' : metricText(high, unit, region)}`;
}

/** Tells how sure the interval is: `99.94 %`. */
export function confidenceText({ confidence }: MetricJudgement): string {
  return `${(Math.floor(confidence * 1e4) / 100).toFixed(2)}\u00a0%`;
}

export const VERDICT_WORDS: Readonly<Record<MetricVerdict, string>> = {
  pass: 'pass',
  improved: 'improved',
  'within-noise': '~ within noise',
  regressed: 'regressed',
  'over-budget': 'over budget',
  inconclusive: '~ inconclusive',
  incompatible: 'incompatible',
};

/** Returns the verdict, with what a pass rests on: `~ within noise, at most +4.1 %`. */
export function verdictText({ verdict, atMost, unit }: MetricJudgement): string {
  const words = VERDICT_WORDS[verdict];
  if (!restsOnBound(verdict) || !isShown(atMost)) return words;
  return `${words}, at most ${changeText(atMost, unit)}`;
}

function restsOnBound(verdict: MetricVerdict): boolean {
  return verdict === 'within-noise' || verdict === 'pass';
}

/**
 * Tells why a bound that is printed is not the end of the interval beside it; `null` where none of them is.
 */
export function boundNote(metrics: readonly MetricJudgement[]): string | null {
  const inside = metrics.find(
    ({ verdict, atMost, change }) =>
      restsOnBound(verdict) &&
      isShown(atMost) &&
      (change?.high === null || (change?.high ?? -Infinity) > atMost),
  );
  if (inside === undefined) return null;
  return `A bound ("at most") is one-sided at 95 %: what a pass may overlook. An interval has two sides and is corrected for every rule and look (${confidenceText(inside)}), so it reaches further.`;
}

export function isFailure({ verdict }: MetricJudgement): boolean {
  return verdict === 'regressed' || verdict === 'over-budget';
}

/** `92 + 95 in 8 + 8 environments`. */
export function samplesText({ samples, environments, change }: MetricJudgement): string {
  const both = change !== null;
  const counts = both ? `${samples.base} + ${samples.head}` : String(samples.head);
  if (environments.head === null) return `${counts}, environments unknown`;
  const places = both
    ? `${environments.base === null ? '?' : environments.base} + ${environments.head}`
    : String(environments.head);
  return `${counts} in ${places} environments`;
}

const LOOK_AT: Readonly<Record<Metric, string>> = {
  'duration.p50':
    'what every invocation does since: a CPU profile or trace of head beside base; calls to other services that were added',
  'duration.mean':
    'what every invocation does since, and its slowest ones: a CPU profile or trace of head beside base',
  'duration.p95':
    'the slow invocations: retries, cache misses, garbage collection, payloads that differ',
  'duration.p99': 'the slowest invocations: timeouts and retries of calls, garbage collection',
  cost: 'the duration first: cost is billed time × memory; then whether the memory size changed',
  'init.p50':
    'what is loaded at the start: dependencies that were added, bundle size, clients made early',
  'memory.used':
    'what is held between and within invocations: caches, buffers, whole files in memory',
  'memory.headroom': 'what is held in memory; or give it more: powerdial tune says what that costs',
  'timeout.headroom': 'the slowest invocation; or a longer timeout: powerdial tune recommends one',
  errors: "the error types in the function's log",
};

/** Tells what to look at when a metric fails. */
export function lookAt(metric: Metric): string {
  return LOOK_AT[metric];
}

/** Returns a judgement in one sentence: metric, value, limit, interval, samples. */
export function judgementSentence(judgement: MetricJudgement, region: string): string {
  const { metric, rule, unit, base, head, change, reason } = judgement;
  const values =
    change === null
      ? metricText(head, unit, region)
      : `${metricText(base, unit, region)} → ${metricText(head, unit, region)} (${changeText(change.estimate, unit)})`;
  const interval = intervalText(judgement, region);
  const parts = [
    `${metric} ${verdictText(judgement).replace('~ ', '')}: ${values}`,
    `allowed ${ruleText(rule, unit, region)}`,
    interval === '' ? '' : `${confidenceText(judgement)} interval ${interval}`,
    `samples ${samplesText(judgement)}`,
    reason ?? '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** `orders: 41 → 42 · 1024 MB · arm64 · eu-west-1`. */
export function functionTitle(each: CheckedFunction): string {
  const { key } = each.head;
  const version = each.head.version ?? '';
  const versions =
    each.base === null
      ? version
      : each.baseline === 'stored'
        ? `stored baseline → ${version === '' ? 'head' : version}`
        : each.base.function === each.head.function
          ? `${each.base.version ?? 'base'} → ${version}`
          : 'base → head';
  return [
    `${each.function}${versions === '' ? '' : `: ${versions}`}`,
    memoryText(key.memoryMb),
    key.architecture,
    key.emulation === null ? key.region : `emulated (${key.emulation})`,
  ].join(' · ');
}
