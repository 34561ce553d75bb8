import type { CheckRule, MetricJudgement, MetricVerdict } from '../../contract/check/check.ts';
import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import { isOfEnvironments, unitOf } from '../../contract/check/metric.ts';
import { changeOf, type Change } from './change.ts';
import { compareEnvironments } from './environment-key.ts';
import {
  fewForQuantile,
  isStored,
  LEAST_SAMPLES,
  missTailOf,
  tailOf,
  type JudgedRule,
  type Judging,
  type Sides,
} from './judging.ts';
import { LEAST_ENVIRONMENTS } from './look-plan.ts';
import { estimateSide } from './side-estimate.ts';
import { sampleOf, type Sample } from './side-sample.ts';

/**
 * Judges a change against the most that is allowed. Regressed takes both: an estimate above the limit,
 * and an interval that excludes no change. What can be told from no change but stays below the limit
 * passes; `within-noise` cannot be told from it, and is shown to be less than the limit.
 */
export function judgeRegression(rule: CheckRule, sides: Sides, judging: Judging): JudgedRule {
  const head = sampleOf(sides.head, rule.metric);
  const base = sides.base === null ? null : sampleOf(sides.base, rule.metric);
  const tail = tailOf(judging);
  const estimates = {
    base: base === null ? null : estimateSide(rule.metric, base),
    head: estimateSide(rule.metric, head),
  };
  const found = verdictOf(rule, sides, { base, head }, judging);
  return {
    metric: rule.metric,
    rule,
    unit: unitOf(rule.metric),
    base: estimates.base?.value ?? null,
    head: estimates.head?.value ?? null,
    change: base === null ? null : toShownChange(found.change),
    atMost: found.atMost !== null && Number.isFinite(found.atMost) ? found.atMost : null,
    headInterval: null,
    confidence: 1 - 2 * tail,
    verdict: found.verdict,
    reasonFacts: found.reasonFacts,
    samples: { base: base?.values.length ?? 0, head: head.values.length },
    environments: {
      base: base === null || base.environments === null ? null : base.environmentCount,
      head: head.environments === null ? null : head.environmentCount,
    },
  };
}

interface Found {
  readonly verdict: MetricVerdict;
  readonly reasonFacts: JudgementReason | null;
  readonly change: Change | null;
  readonly atMost: number | null;
}

function verdictOf(
  rule: CheckRule,
  sides: Sides,
  samples: { readonly base: Sample | null; readonly head: Sample },
  judging: Judging,
): Found {
  const { base, head } = samples;
  if (sides.base === null || base === null) return leaveUnjudged({ code: 'no-baseline' });
  if (isStored(judging)) {
    const other = compareEnvironments(sides.base.facts.key, sides.head.facts.key, rule.metric);
    if (other !== null) return { ...leaveUnjudged(other), verdict: 'incompatible' };
  }
  const few = tooFew(rule, base, 'base') ?? tooFew(rule, head, 'head');
  const ofBase = estimateSide(rule.metric, base);
  const ofHead = estimateSide(rule.metric, head);
  if (ofBase === null || ofHead === null) return leaveUnjudged(few ?? { code: 'no-estimate' });
  const change = changeOf(ofBase, ofHead, tailOf(judging), judging.driftSpread);
  // Drift can hide a change as well as feign one, and nothing in the numbers could show it: passing is
  // judged without it, and the result says so in a warning.
  const atMost = changeOf(ofBase, ofHead, missTailOf(judging), 0).high;
  const found = { change, atMost, reasonFacts: null };
  if (few !== null) return { ...found, verdict: 'inconclusive', reasonFacts: few };
  if (change.estimate > rule.limit && change.low > 0) return { ...found, verdict: 'regressed' };
  if (change.estimate < -rule.limit && change.high < 0) return { ...found, verdict: 'improved' };
  if (atMost <= rule.limit) {
    const told = change.low > 0 || change.high < 0;
    return { ...found, verdict: told ? 'pass' : 'within-noise' };
  }
  const isBounded = change.estimate > rule.limit ? change.low > -1 : Number.isFinite(atMost);
  const reasonFacts = isBounded ? openReason(change, rule, judging) : fewForQuantile(rule);
  return { ...found, verdict: 'inconclusive', reasonFacts };
}

function openReason(change: Change, rule: CheckRule, judging: Judging): JudgementReason {
  if (change.estimate <= rule.limit) return { code: 'change-above-limit-possible' };
  return judging.driftSpread > 0 ? { code: 'drift-possible' } : { code: 'no-change-possible' };
}

function leaveUnjudged(reasonFacts: JudgementReason): Found {
  return { verdict: 'inconclusive', reasonFacts, change: null, atMost: null };
}

function tooFew(rule: CheckRule, sample: Sample, side: 'base' | 'head'): JudgementReason | null {
  const leastSamples = isOfEnvironments(rule.metric) ? LEAST_ENVIRONMENTS : LEAST_SAMPLES;
  const samples = sample.values.length;
  if (samples < leastSamples) return { code: 'few-samples', side, samples, leastSamples };
  const environments = sample.environmentCount;
  return environments < LEAST_ENVIRONMENTS
    ? { code: 'few-environments', side, environments, leastEnvironments: LEAST_ENVIRONMENTS }
    : null;
}

function toShownChange(change: Change | null): MetricJudgement['change'] {
  if (change === null) return { estimate: null, low: null, high: null };
  return {
    estimate: change.estimate,
    low: change.low <= -1 ? null : change.low,
    high: Number.isFinite(change.high) ? change.high : null,
  };
}
