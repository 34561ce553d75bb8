import { unitOf } from '../../contract/check/metric.ts';
import type { CheckRule, MetricVerdict } from '../../contract/check/check.ts';
import type { JudgementReason } from '../../contract/check/judgement-reason.ts';
import { clusteredCounts } from './clustered-counts.ts';
import { compareEnvironments } from './environment-key.ts';
import { isStored, LEAST_SAMPLES, MISS_RATE, missTailOf, tailOf } from './judging.ts';
import type { JudgedRule, Judging, Sides } from './judging.ts';
import { meldedDifference, type Counts } from './melded-difference.ts';
import { sampleOf, type Sample } from './side-sample.ts';

/**
 * What a check must find: errors pass once a rise by this share of all invocations is ruled out. Ruling out
 * less would take more invocations of every function that never fails.
 */
export const LEAST_RISE_FOUND = 0.2;

/**
 * Judges how much larger the head's share of failed invocations is than the base's, in shares of all
 * invocations: a quotient says nothing where the base never fails. Regressed takes an exact interval that
 * excludes no rise, so that a few failures fail a check of many invocations and not one of a few.
 */
export function judgeErrors(rule: CheckRule, sides: Sides, judging: Judging): JudgedRule {
  const head = sampleOf(sides.head, 'errors');
  const base = sides.base === null ? null : sampleOf(sides.base, 'errors');
  const found = verdictOf(rule, sides, { base, head }, judging);
  return {
    metric: 'errors',
    rule,
    unit: unitOf('errors'),
    base: base === null ? null : rateOf(base),
    head: rateOf(head),
    change: base === null ? null : (found.change ?? { estimate: null, low: null, high: null }),
    atMost: found.atMost,
    headInterval: null,
    confidence: 1 - 2 * tailOf(judging),
    verdict: found.verdict,
    reasonFacts: found.reasonFacts,
    samples: { base: base?.values.length ?? 0, head: head.values.length },
    environments: { base: environmentsOf(base), head: environmentsOf(head) },
  };
}

interface Found {
  readonly verdict: MetricVerdict;
  readonly reasonFacts: JudgementReason | null;
  readonly change: {
    readonly estimate: number;
    readonly low: number;
    readonly high: number;
  } | null;
  readonly atMost: number | null;
}

function verdictOf(
  rule: CheckRule,
  sides: Sides,
  { base, head }: { readonly base: Sample | null; readonly head: Sample },
  judging: Judging,
): Found {
  if (sides.base === null || base === null) return leaveUnjudged({ code: 'no-baseline' });
  if (isStored(judging)) {
    const other = compareEnvironments(sides.base.facts.key, sides.head.facts.key, 'errors');
    if (other !== null) return { ...leaveUnjudged(other), verdict: 'incompatible' };
  }
  const [ofBase, ofHead] = [rateOf(base), rateOf(head)];
  if (ofBase === null || ofHead === null) {
    return leaveUnjudged({ code: 'no-known-end', side: ofBase === null ? 'base' : 'head' });
  }
  const counts = clusteredCounts(base, head);
  const tail = tailOf(judging);
  const change = {
    estimate: ofHead - ofBase,
    ...meldedDifference(...counts, { low: tail, high: tail }),
  };
  const atMost = meldedDifference(...counts, { low: tail, high: missTailOf(judging) }).high;
  const found = { change, atMost, reasonFacts: null };
  const nothingEndsWell = ofHead === 1 && ofBase < 1;
  if (nothingEndsWell && (head.values.length >= LEAST_SAMPLES || judging.isLast === true)) {
    return { ...found, verdict: 'regressed', reasonFacts: { code: 'nothing-ended-well' } };
  }
  if (change.estimate > rule.limit && change.low > 0) return { ...found, verdict: 'regressed' };
  if (change.estimate < -rule.limit && change.high < 0) return { ...found, verdict: 'improved' };
  const open = openReason(rule, change.estimate, atMost, counts);
  if (open !== null) return { ...found, verdict: 'inconclusive', reasonFacts: open };
  const isTold = ofHead === 0 || change.low > 0;
  return { ...found, verdict: isTold ? 'pass' : 'within-noise' };
}

/** Tells why a rise that cannot be told cannot be ruled out either; `null` where it can. */
function openReason(
  { limit }: CheckRule,
  rise: number,
  atMost: number,
  counts: readonly [Counts, Counts],
): JudgementReason | null {
  if (atMost > limit + LEAST_RISE_FOUND) {
    return { code: 'rise-possible' };
  }
  // Passing on numbers that would be one in twenty by chance alone would be passing on hope.
  const isSuspicious =
    rise > limit && meldedDifference(...counts, { low: MISS_RATE, high: MISS_RATE }).low > 0;
  return isSuspicious ? { code: 'chance-possible' } : null;
}

function leaveUnjudged(reasonFacts: JudgementReason): Found {
  return { verdict: 'inconclusive', reasonFacts, change: null, atMost: null };
}

function rateOf({ values }: Sample): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function environmentsOf(sample: Sample | null): number | null {
  return sample === null || sample.environments === null ? null : sample.environmentCount;
}
