import { MEASURE_MEMORY_MB } from '../../contract/shared/tuner.ts';
import type { TARGET_WARNINGS } from '../../contract/shared/warnings/target-warnings.ts';
import { arnText, callerText, waitText } from '../callers.ts';
import { updateFailureText } from '../failed-update.ts';
import { memoryText } from '../format/memory.ts';
import { amountText } from '../format/money.ts';
import { settingsText } from '../settings.ts';
import { unreadLogText } from '../unread-log.ts';
import type { FactsOf } from '../../contract/shared/warnings/warning.ts';
import type { Sentences } from './sentences.ts';

/** What is known of prices, limits and of the target. */
export const TARGET_SENTENCES: Sentences<typeof TARGET_WARNINGS> = {
  'history-unread': historyUnread,
  'unknown-input-key': ({ key, meant }) =>
    `${JSON.stringify(key)} is not a known key of aws-lambda-power-tuning's input, and was ignored${meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`}${meant === null ? '.' : ''}`,
  'value-clamped': ({ key, given, taken }) =>
    `${key}: ${given} is beyond its bounds, ${taken} was taken.`,
  'unknown-region-price': ({ region, architecture, pricesAsOf, usdPerGbSecond, billedInEur }) =>
    `Lambda's prices in ${region} are not in the price table of ${pricesAsOf}: costs are at the commonest price (${usdPerGbSecond} USD per GB-second on ${architecture}). Which size is cheapest hardly depends on it, the amounts do.${billedInEur ? ' AWS bills in EUR there, at prices that are not known here: no amount is what it will cost.' : ''}`,
  'unknown-ephemeral-storage-price': (facts) =>
    `The price of ephemeral storage in ${facts.region} is not in the price table of ${facts.pricesAsOf}: the ${memoryText(facts.ephemeralStorageMb)} of this function are at the commonest price (${facts.usdPerGbSecond} USD per GB-second above ${memoryText(facts.freeMb)}).`,
  'prices-in-cny': ({ region }) =>
    `AWS bills in CNY in ${region}: every amount is in CNY, also where a name says USD.`,
  'concurrency-capped': concurrencyCapped,
  'late-logs-unread': (facts) =>
    `Some answers came without the report of their invocation, and the log group ${facts.logGroup} cannot be searched for it: ${unreadLogText(facts)}. These invocations count as lost.`,
  'long-invocations-lost': longInvocationsLost,
  'budget-reached': ({ maxUsd, notMade }) =>
    notMade === null
      ? `Measuring stopped at maxUsd, which is ${maxUsd}: another block that runs into its timeouts could have passed it.`
      : `${notMade} planned invocation(s) were not made: one more that runs into its timeout could have passed maxUsd, which is ${maxUsd}.`,
  'changed-by-somebody-else': ({ settings }) =>
    `Somebody else changed the function's ${settingsText(settings)} during the run; that was left as it is.`,
  'version-left': ({ version, function: name, cause, waitedMinutes }) =>
    cause === 'alias'
      ? `Version ${version}, which this run published, was left: an alias points at it.`
      : undeletedText(name, [version], waitedMinutes ?? 0),
  'last-update-failed': (facts) =>
    `The last update of ${facts.function} failed (${updateFailureText(facts)}): what it is set to need not be what it runs with, until an update succeeds.`,
  'runtime-ending': ({ runtime, isDeprecated, deprecated, updateBlocked }) =>
    `Its runtime ${runtime} ${isDeprecated ? 'is deprecated since' : 'will be deprecated on'} ${deprecated}, and AWS blocks updates of code and configuration from ${updateBlocked} (AWS has moved such dates before): from the day before on the function cannot be tuned. Move it to a newer runtime.`,
  'earlier-run-put-back': ({ run, changedSince }) =>
    `Run ${run} died and left the function changed; it was put back first.${changedSince.length === 0 ? '' : ` Its ${settingsText(changedSince)} had been changed since and stayed.`}`,
  'earlier-run-swept': ({ run, deleted, inUse }) =>
    `Run ${run} died and left ${deleted + inUse.length} version(s); ${deleted} deleted.${inUse.length === 0 ? '' : ` An alias points at version ${inUse.join(', ')}, so it stays.`}`,
  'unqualified-triggers': ({ sources }) =>
    `${sources.join(', ')} may call the function without a version or alias: for the seconds in which versions are published they meet another memory size, and its environments are started anew.`,
  'triggers-not-read': ({ unread }) =>
    `What triggers the function is known in part only; not read: ${unread.join('; ')}.`,
  'trial-left-out': ({ worstCaseUsd, maxUsd }) =>
    `The trial invocation was left out: one that runs into its timeout can cost ${amountText(worstCaseUsd, 'USD')}, and maxUsd is ${maxUsd}. A payload that the function does not understand shows only when it is measured.`,
  'trial-failed': ({ memoryMb, errorType }) =>
    `The trial at ${memoryMb} MB failed with ${errorType ?? 'an error without a type'}. A larger size was tried next.`,
  'trial-timed-out': ({ memoryMb, timeoutSeconds, waitedSeconds, measureTimeoutSeconds }) =>
    `${
      waitedSeconds === null
        ? `The trial at ${memoryMb} MB ran into the timeout of ${timeoutSeconds} s.`
        : `The trial at ${memoryMb} MB gave no answer within ${waitedSeconds} s, and was waited for no longer (the timeout is ${timeoutSeconds} s).`
    } Sizes are measured with ${measureTimeoutSeconds} s for each invocation: where the function hangs, each takes that long.`,
  'snap-start-price': ({ versions, leastUsd }) =>
    `The SnapStart snapshots of ${versions} versions cost at least ${amountText(leastUsd, 'USD')} (us-east-1's price; 3 hours each are billed whatever happens). This is not in the figures below.`,
  'apply-undone-by-deployment': (facts) =>
    `${toolText(facts)} manages the function: its next deployment sets memory and timeout back to what its own files say. Change them there, too, and what is applied will last.`,
  'changed-since-applied': ({ fields }) =>
    `Somebody changed ${fields.join(', ')} right after the recommendation was applied: it was measured without that.`,
  'timeout-beyond-caller': ({ source, arn, maxSeconds, kind, timeoutSeconds }) =>
    `${callerText(source, arn)} ${waitText(source, maxSeconds, kind)}: with a timeout of ${timeoutSeconds} s the function may still run, and be billed, when nobody waits any more.`,
  'timeout-beyond-visibility': ({ queueArn, visibilityTimeoutSeconds, timeoutSeconds }) =>
    `The queue${arnText(queueArn)} shows a message again after ${visibilityTimeoutSeconds} s: with a timeout of ${timeoutSeconds} s AWS refuses the mapping, or messages are worked on twice. Raise its visibility timeout first.`,
  'visibility-timeout-short': (facts) =>
    `For a timeout of ${facts.timeoutSeconds} s AWS advises a visibility timeout of ${facts.advisedSeconds} s at least (six times, plus the batching window); the queue${arnText(facts.queueArn)} has ${facts.visibilityTimeoutSeconds} s.`,
  'no-history': ({ cause }) =>
    `The run's progress cannot be shown: ${cause}. docs/security.md lists what the command needs.`,
};

function concurrencyCapped(facts: Parameters<(typeof TARGET_SENTENCES)['concurrency-capped']>[0]) {
  const { concurrency, wanted, limit, largestPayloadBytes } = facts;
  const capped = `concurrency is ${concurrency} and not ${wanted}`;
  return limit === 'payload'
    ? `${capped}: Measure has ${memoryText(facts.measureMemoryMb ?? MEASURE_MEMORY_MB)} of memory, and the largest payload has ${largestPayloadBytes ?? 0} bytes.`
    : `${capped}: ${concurrencyLimitText(limit)} allows no more.`;
}

/** Tells what bounds how many invocations may be under way at once. */
export function concurrencyLimitText(limit: 'unreserved' | 'reserved'): string {
  return limit === 'unreserved'
    ? 'half of the unreserved concurrency of the account'
    : "the function's own reserved concurrency, less what is provisioned,";
}

/** Tells what a run could not delete, why, and what does it later. */
export function undeletedText(
  functionName: string,
  versions: readonly string[],
  waitedMinutes: number,
): string {
  const which = `Version${versions.length === 1 ? '' : 's'} ${versions.join(', ')}`;
  return `${which}, which this run published, could not be deleted: AWS has refused it for ${waitedMinutes} minutes, as it does while a version is pending. Run \`powerdial restore ${functionName}\` later.`;
}

function toolText({
  tool,
  stack,
  tag,
}: {
  readonly tool: string;
  readonly stack: string | null;
  readonly tag: string | null;
}): string {
  if (stack !== null) return `${tool} (stack ${stack})`;
  return tag === null ? tool : `${tool} (tag ${tag})`;
}

function longInvocationsLost({
  waitSeconds,
  why,
  detail,
}: FactsOf<'long-invocations-lost'>): string {
  const reasons = {
    processor: `around which ${detail} could not be called`,
    payload: `which takes 1 MB, and the payload has ${detail} bytes`,
    'failure-destination': `and failed ones would be sent to ${detail}`,
    log: `and what they did would stand in the log group ${detail} only, which cannot be searched`,
  };
  return `An invocation that takes longer than ${waitSeconds} s counts as lost, and a size where none ends before has no result: they would have to go through Lambda's queue, ${reasons[why]}.`;
}

/** Tells why what production did is not known; the run went on without it. */
function historyUnread({ reason, detail }: FactsOf<'history-unread'>): string {
  const told = detail ?? 'no reason was given';
  const why: Readonly<Record<typeof reason, string>> = {
    denied: `AWS denied it (${told})`,
    'no-log-group': `there is no log group (${told})`,
    failed: `asking failed (${told})`,
    'too-expensive': `the query would scan more than it may (${told}); set history.maxUsd higher, or fewer days`,
    'no-answer': `Logs Insights gave no answer within ${told} s`,
    'query-ended': `Logs Insights ended the query without an answer (${told})`,
    'too-many-rows': `the answer was cut off at ${told} rows; set fewer days`,
    'no-calls': 'the logs of these days hold no report of an invocation',
    'stage-died': `${told} ended the stage that reads them`,
  };
  return `What production logs say is not known, because ${why[reason]}.`;
}
