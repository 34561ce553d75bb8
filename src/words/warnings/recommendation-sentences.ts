import type { RECOMMENDATION_WARNINGS } from '../../contract/shared/warnings/recommendation-warnings.ts';
import { durationText } from '../format/duration.ts';
import { amountText } from '../format/money.ts';
import { memoryText } from '../format/memory.ts';
import { percentText } from '../format/percent.ts';
import { fixedText } from '../format/rounding.ts';
import { countText } from '../list.ts';
import type { Sentences } from './sentences.ts';

/** What limits how far a recommendation can be trusted. */
export const RECOMMENDATION_SENTENCES: Sentences<typeof RECOMMENDATION_WARNINGS> = {
  'memory-nearly-full': ({ memoryMb, usedMb }) =>
    `At ${memoryText(memoryMb)} an invocation used ${memoryText(usedMb)}: a larger payload may run out of memory.`,
  'memory-headroom': ({ memoryMb, leftOut }) =>
    `Left out for too little free memory (limits.memoryHeadroom): ${leftOut.map((each) => `${memoryText(each.memoryMb)}, of which ${memoryText(each.usedMb)} were in use`).join('; ')}. ${memoryText(memoryMb)} is chosen from the sizes that keep enough free.`,
  'memory-grows': ({ memoryMb, fromMb, toMb, invocations }) =>
    `Memory grows from one invocation to the next: at ${memoryText(memoryMb)} from ${memoryText(fromMb)} to ${memoryText(toMb)} in ${countText(invocations, 'invocation')}. An environment that lives long enough runs out of any size: find what is kept.`,
  'timeout-too-tight': ({ memoryMb, longestSeconds, timeoutSeconds, recommendedSeconds }) =>
    `At ${memoryText(memoryMb)} an invocation took ${durationText(longestSeconds * 1000)}, longer than the present timeout of ${timeoutSeconds} s: ${recommendedSeconds === null ? 'raise it' : `raise it to ${recommendedSeconds} s`} with the memory.`,
  'timeout-too-loose': ({ timeoutSeconds, recommendedSeconds }) =>
    `The present timeout of ${timeoutSeconds} s is far longer than any call takes: one that hangs is billed until then, ${recommendedSeconds} s would do.`,
  'sizes-beyond-timeout': ({ memorySizesMb, timeoutSeconds }) =>
    `${memorySizesMb.join(', ')} MB ${memorySizesMb.length === 1 ? 'was' : 'were'} left out: slow invocations there do not fit the present timeout of ${timeoutSeconds} s. Apply memory and timeout together to consider them.`,
  'decision-open': ({ stoppedBy, limit }) => {
    switch (stoppedBy) {
      case 'max-usd':
        return `Measuring stopped at maxUsd, which is ${limit}, though more invocations may still change the decision.`;
      case 'brute-force':
        return `Measuring stopped at ${amountText(limit, 'USD')}, nearly what 50 invocations of every size would cost, though more may still change the decision: a maxUsd above the default goes on.`;
      case 'most-invocations':
        return `Measuring stopped at the ${limit} invocations of a run, though more may still change the decision.`;
      case 'most-rounds':
        return `Measuring stopped at the ${limit} rounds of a run, though more invocations may still change the decision.`;
    }
  },
  'few-observations': ({ memoryMb, count, basis }) =>
    `The recommendation rests on ${countText(count, `${basis} invocation`)} at ${memoryText(memoryMb)}.`,
  'few-observations-for-p99': ({ memoryMb, count, needed }) =>
    `A p99 takes at least ${needed} invocations, there are ${count} at ${memoryText(memoryMb)}: the p99 in the result is little more than the longest that was seen.`,
  'rare-slow-unseen': ({ count, atMostShare }) =>
    `None of ${count} warm invocations was far slower than the others. Up to 1 in ${Math.floor(1 / atMostShare)} may be, unseen: means and costs would then lie above their intervals.`,
  'few-observations-for-limit': ({ memoryMb, count, neededForP95, neededForP99 }) =>
    `A p95 takes at least ${neededForP95} invocations and a p99 ${neededForP99}, there are ${count} at ${memoryText(memoryMb)}: whether the limit is kept is a guess.`,
  'only-cold-starts': () =>
    'Every successful invocation was a cold start: durations and costs are those of cold starts. More invocations a size would show warm ones.',
  'cold-cost-unknown': ({ seen }) =>
    seen
      ? 'Not every size had a successful cold start, so cold starts are left out of all costs.'
      : 'No cold start was seen, so costs are those of warm invocations.',
  'cold-starts-dominate': ({ memoryMb, coldShare, costFraction }) =>
    `With a cold share of ${percentText(coldShare)}, cold starts make ${percentText(costFraction)} of the cost at ${memoryText(memoryMb)}: a shorter init saves more than any memory size.`,
  'errors-at-sizes': ({ sizes }) =>
    `Some invocations failed, and are in no duration and no cost: ${sizes.map(({ memoryMb, failed, invocations }) => `${failed} of ${invocations} at ${memoryText(memoryMb)}`).join(', ')}.`,
  'lost-observations': ({ count }) =>
    `${countText(count, 'invocation')} may have run, but no platform log was found: ${count === 1 ? 'it is' : 'they are'} in no figure.`,
  'current-out-of-memory': ({ memoryMb, diedUpToMb }) =>
    `The present size of ${memoryText(memoryMb)} is too small: the function ran out of memory at ${memoryText(diedUpToMb)}. A saving against that size would mean nothing.`,
  'current-not-measured': ({ memoryMb }) =>
    `The present size of ${memoryText(memoryMb)} was not measured, so what a change saves is unknown. Add it to the memory sizes to know.`,
  noisy: ({ scatter }) =>
    `Durations scatter by about ${percentText(scatter)} at one and the same size: differences smaller than that take many invocations to see.`,
  'heavy-tail': ({ count, ofSlowest }) =>
    `Slow invocations have no visible limit: the slowest 1 % of ${count} warm ones took ${percentText(ofSlowest)} of the time. Means and costs may lie above their intervals; medians hold.`,
  outliers: ({ sizes }) =>
    `Some warm invocations took far longer than the others, and are in every figure: ${sizes.map(({ memoryMb, outliers, warm }) => `${outliers} of ${warm} at ${memoryText(memoryMb)}`).join(', ')}.`,
  'presumed-cold': ({ count }) =>
    `${countText(count, 'slow invocation')} met a new environment that Lambda had initialised ahead: ${count === 1 ? 'it counts as a cold start' : 'they count as cold starts'}, though no log says so.`,
  drift: ({ swing }) =>
    `During the run everything became slower or faster by up to ${percentText(swing)}. Sizes were measured interleaved, so comparisons hold; absolute times and costs may differ on another day.`,
  'limit-uncertain': ({ memoryMb, probability }) =>
    `That ${memoryText(memoryMb)} keeps to the limits is ${percentText(probability)} probable by what was observed: more invocations would tell.`,
  'allowed-errors-counted': ({ types }) =>
    `The trial ended in an error that is allowed (${types.join(', ')}): durations and costs are also those of invocations that ended so.`,
  'alias-not-moved': ({ alias, version, verdict }) =>
    `Nothing was published, because the verdict is ${verdict}: the alias ${alias} ${version === null ? 'was not made' : `still points at version ${version}`}. A pipeline that releases through it publishes by itself.`,
  'provisioned-priced': ({ executions, invocationsPerMonth }) =>
    `The function keeps ${executions} environments ready (provisioned concurrency). Costs hold their price, shared by the ${fixedText(invocationsPerMonth, 0)} invocations of a month, and take all of these to be served by them.`,
  'provisioned-not-priced': ({ executions, missing }) =>
    `The function keeps ${executions} environments ready (provisioned concurrency), which cost their memory whether they are used or not. ${missing === 'traffic' ? 'How much of that falls on an invocation depends on the traffic: give invocationsPerMonth (--invocations-per-month)' : 'What that costs in this region, on this architecture, is not in the price table'}. Until then costs are those on demand, and what depends on the rest is left open.`,
  'fewer-cold-starts': ({ wanted, sizes }) =>
    `Fewer cold starts than the ${wanted} asked for a size: ${sizes.map(({ memoryMb, coldStarts }) => `${coldStarts} at ${memoryText(memoryMb)}`).join(', ')}.`,
};
