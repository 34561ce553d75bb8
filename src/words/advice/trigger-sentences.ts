import type { AdviceFactsOf } from '../../contract/tune/advice.ts';
import { waitText } from '../callers.ts';
import { durationText, secondsText } from '../format/duration.ts';
import { fixedText } from '../format/rounding.ts';
import { plainText } from '../plain-text.ts';
import type { AdviceSentences } from './advice-sentences.ts';
import { sourceName, streamName } from './source-name.ts';

/** What to set at what triggers the function. */
export const TRIGGER_SENTENCES = {
  'queue-visibility': visibilityText,
  'queue-dead-letters': deadLettersText,
  'item-failures': ({ source, arn, batchSize }) =>
    `One bad record makes the whole batch of up to ${fixedText(batchSize, 0)} from ${source === 'sqs' ? sourceName('queue', arn) : streamName(source, arn)} come back: set ReportBatchItemFailures and return the records that failed.`,
  'stream-window': windowText,
  'stream-failures': streamFailuresText,
  'api-wait': apiText,
} as const satisfies Partial<AdviceSentences>;

function visibilityText(facts: AdviceFactsOf<'queue-visibility'>): string {
  const { queueArn, timeoutSeconds, batchingWindowSeconds, advisedSeconds } = facts;
  const present = secondsText(facts.visibilityTimeoutSeconds);
  const window =
    batchingWindowSeconds === 0 ? '' : ` and the window of ${secondsText(batchingWindowSeconds)}`;
  const why = `six times the timeout of ${secondsText(timeoutSeconds)}${window}`;
  return facts.fits
    ? `The visibility timeout of ${sourceName('queue', queueArn)}, ${present}, fits (at least ${secondsText(advisedSeconds)}: ${why}).`
    : `Set the visibility timeout of ${sourceName('queue', queueArn)} to ${secondsText(advisedSeconds)} at least (${why}); it is ${present}.`;
}

function deadLettersText(facts: AdviceFactsOf<'queue-dead-letters'>): string {
  const { queueArn, deadLetterArn, maxReceiveCount, leastReceives } = facts;
  const queue = sourceName('queue', queueArn);
  if (deadLetterArn === null) {
    return `Messages that fail in ${queue} come back until they expire: give it a dead-letter queue, with maxReceiveCount ${leastReceives} at least.`;
  }
  const letters = plainText(deadLetterArn.split(':').at(-1) ?? deadLetterArn);
  return facts.fits
    ? `Messages of ${queue} that fail ${maxReceiveCount ?? 0} times go to ${letters}.`
    : `Messages of ${queue} go to ${letters} after ${maxReceiveCount ?? 0} ${maxReceiveCount === 1 ? 'time' : 'times'}: throttling alone can do that, so set maxReceiveCount to ${leastReceives} at least.`;
}

function windowText(facts: AdviceFactsOf<'stream-window'>): string {
  const { source, arn, batchingWindowSeconds, slowMs, withinMs, mostWindowSeconds } = facts;
  const batch = `99 % of batches end within ${durationText(slowMs)}`;
  const stream = streamName(source, arn);
  if (2 * slowMs > withinMs) {
    return `A record of ${stream} may wait longer than ${secondsText(withinMs / 1000)} (${batch}): set smaller batches or more of them at once.`;
  }
  const present = secondsText(batchingWindowSeconds);
  return facts.fits
    ? `The batch window of ${stream}, ${present}, fits: up to ${secondsText(mostWindowSeconds)} a record is worked on within ${secondsText(withinMs / 1000)} (${batch}).`
    : `Set the batch window of ${stream} to ${secondsText(mostWindowSeconds)} at most, so that a record is worked on within ${secondsText(withinMs / 1000)} (${batch}); it is ${present}.`;
}

function streamFailuresText(facts: AdviceFactsOf<'stream-failures'>): string {
  const { source, arn, endlessRetries, bisects, failureDestination } = facts;
  const wanted = [
    ...(endlessRetries ? ['MaximumRetryAttempts or MaximumRecordAgeInSeconds'] : []),
    ...(bisects ? [] : ['BisectBatchOnFunctionError']),
    ...(failureDestination === null ? ['a destination for failed records'] : []),
  ];
  const now = endlessRetries
    ? 'A batch that fails is tried again until its records expire, and its shard waits'
    : 'Records that fail are given up';
  return `${now}: set ${wanted.join(', ')} at the mapping of ${streamName(source, arn)}.`;
}

function apiText(facts: AdviceFactsOf<'api-wait'>): string {
  const { arn, kind, maxSeconds, timeoutSeconds, slowestMs } = facts;
  const id = arn === null ? '' : ` ${plainText(arn.split(':').at(-1) ?? '')}`;
  const wait = `API Gateway${id} ${waitText('apigateway', maxSeconds, kind)}`;
  if (facts.fits) return `${wait}: the timeout of ${secondsText(timeoutSeconds)} fits.`;
  return slowestMs > maxSeconds * 1000
    ? `${wait}, and an invocation may take ${durationText(slowestMs)}: answer at once and do the rest behind a queue.`
    : `${wait}: a timeout of ${secondsText(maxSeconds)} at most lets no invocation run on when nobody waits; it is ${secondsText(timeoutSeconds)}.`;
}
