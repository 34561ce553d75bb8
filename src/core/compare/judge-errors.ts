import { METRIC_UNITS } from '../../contract/check/check.ts';
import type { CheckRule, MetricJudgement, MetricVerdict } from '../../contract/check/check.ts';
import { clusteredCounts } from './clustered-counts.ts';
import { keyMismatches } from './environment-key.ts';
import { isStored, LEAST_SAMPLES, MISS_RATE, missTailOf, tailOf } from './judging.ts';
import type { Judging, Sides } from './judging.ts';
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
export function judgeErrors(rule: CheckRule, sides: Sides, judging: Judging): MetricJudgement {
  const head = sampleOf(sides.head, 'errors');
  const base = sides.base === null ? null : sampleOf(sides.base, 'errors');
  const found = verdictOf(rule, sides, { base, head }, judging);
  return {
    metric: 'errors',
    rule,
    unit: METRIC_UNITS.errors,
    base: base === null ? null : rateOf(base),
    head: rateOf(head),
    change: base === null ? null : (found.change ?? { estimate: null, low: null, high: null }),
    atMost: found.atMost,
    headInterval: null,
    confidence: 1 - 2 * tailOf(judging),
    verdict: found.verdict,
    reason: found.reason,
    samples: { base: base?.values.length ?? 0, head: head.values.length },
    environments: { base: environmentsOf(base), head: environmentsOf(head) },
  };
}

interface Found {
  readonly verdict: MetricVerdict;
  readonly reason: string | null;
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
  if (sides.base === null || base === null) return unjudged('there is no baseline');
  if (isStored(judging)) {
    const mismatches = keyMismatches(sides.base.facts.key, sides.head.facts.key);
    if (mismatches.length > 0)
      return { ...unjudged(mismatches.join('; ')), verdict: 'incompatible' };
  }
  const [ofBase, ofHead] = [rateOf(base), rateOf(head)];
  if (ofBase === null || ofHead === null) {
    return unjudged(`${ofBase === null ? 'base' : 'head'}: no invocation whose end is known`);
  }
  const counts = clusteredCounts(base, head);
  const tail = tailOf(judging);
  const change = {
    estimate: ofHead - ofBase,
    ...meldedDifference(...counts, { low: tail, high: tail }),
  };
  const atMost = meldedDifference(...counts, { low: tail, high: missTailOf(judging) }).high;
  const found = { change, atMost, reason: null };
  const nothingEndsWell = ofHead === 1 && ofBase < 1;
  if (nothingEndsWell && (head.values.length >= LEAST_SAMPLES || judging.isLast === true)) {
    return { ...found, verdict: 'regressed', reason: 'no invocation of the head ended well' };
  }
  if (change.estimate > rule.limit && change.low > 0) return { ...found, verdict: 'regressed' };
  if (change.estimate < -rule.limit && change.high < 0) return { ...found, verdict: 'improved' };
  const open = openReason(rule, change.estimate, atMost, counts);
  if (open !== null) return { ...found, verdict: 'inconclusive', reason: open };
  const isTold = ofHead === 0 || change.low > 0;
  return { ...found, verdict: isTold ? 'pass' : 'within-noise' };
}

/** Why a rise that cannot be told cannot be ruled out either; `null` where it can. */
function openReason(
  { limit }: CheckRule,
  rise: number,
  atMost: number,
  counts: readonly [Counts, Counts],
): string | null {
  if (atMost > limit + LEAST_RISE_FOUND) {
    return 'too few invocations to rule out that the head fails more often';
  }
  // Passing on numbers that would be one in twenty by chance alone would be passing on hope.
  const isSuspicious =
    rise > limit && meldedDifference(...counts, { low: MISS_RATE, high: MISS_RATE }).low > 0;
  return isSuspicious ? 'more of the head fail, but chance cannot be ruled out' : null;
}

function unjudged(reason: string): Found {
  return { verdict: 'inconclusive', reason, change: null, atMost: null };
}

function rateOf({ values }: Sample): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function environmentsOf(sample: Sample | null): number | null {
  return sample === null || sample.environments === null ? null : sample.environmentCount;
}
