import type { AdviceFacts } from '../../contract/tune/advice.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';
import { API_MAX_SECONDS, apiKind } from '../timeout/api-kind.ts';
import { adviseVisibilitySeconds } from '../../contract/shared/advise-visibility.ts';

/**
 * AWS's advice for queues: a message is to be received five times at least before it counts as dead, so that
 * throttling alone does not make it so ("Creating and configuring an Amazon SQS event source mapping", Lambda
 * Developer Guide, 2026-11).
 */
const LEAST_RECEIVES = 5;

/**
 * How long a record is to wait at most: what AWS advises to set an alarm on IteratorAge at ("Best practices
 * for working with AWS Lambda functions", 2026-11).
 */
export const ITERATOR_AGE_MS = 30_000;
/** The longest that Lambda takes. */
const MOST_WINDOW_SECONDS = 300;

/** What is known of the function at the recommended size. */
export interface Pace {
  readonly timeoutSeconds: number;
  /** What 99 % of its invocations kept within; `null` without a warm one. */
  readonly slowMs: number | null;
  /** An upper bound for the tail, or else the longest that was seen. */
  readonly slowestMs: number;
}

/** Tells what to set at what triggers the function. */
export function triggerAdvice(triggers: readonly Trigger[], pace: Pace): readonly AdviceFacts[] {
  return [
    ...triggers.flatMap((trigger) => adviseMapping(trigger, pace)),
    ...adviseApis(triggers, pace),
  ];
}

function adviseMapping(trigger: Trigger, pace: Pace): readonly AdviceFacts[] {
  switch (trigger.source) {
    case 'sqs':
      return [...visibility(trigger, pace), ...deadLetters(trigger), ...itemFailures(trigger)];
    case 'kinesis':
    case 'dynamodb':
      return [...window(trigger, pace), ...streamFailures(trigger), ...itemFailures(trigger)];
    default:
      return [];
  }
}

function visibility(trigger: Trigger, { timeoutSeconds }: Pace): readonly AdviceFacts[] {
  const { arn: queueArn, visibilityTimeoutSeconds } = trigger;
  if (visibilityTimeoutSeconds === null) return [];
  const batchingWindowSeconds = trigger.batchingWindowSeconds ?? 0;
  const advisedSeconds = adviseVisibilitySeconds(timeoutSeconds, batchingWindowSeconds);
  return [
    {
      code: 'queue-visibility',
      queueArn,
      visibilityTimeoutSeconds,
      batchingWindowSeconds,
      timeoutSeconds,
      advisedSeconds,
      fits: visibilityTimeoutSeconds >= advisedSeconds,
    },
  ];
}

function deadLetters({ arn: queueArn, redrive }: Trigger): readonly AdviceFacts[] {
  if (redrive === undefined || redrive === null) return [];
  const { deadLetterArn, maxReceiveCount } = redrive;
  return [
    {
      code: 'queue-dead-letters',
      queueArn,
      deadLetterArn,
      maxReceiveCount,
      leastReceives: LEAST_RECEIVES,
      fits: deadLetterArn !== null && (maxReceiveCount ?? 0) >= LEAST_RECEIVES,
    },
  ];
}

/** Advises to report single records that fail, where that is not set and a batch may hold several. */
function itemFailures({ source, arn, mapping }: Trigger): readonly AdviceFacts[] {
  const batchSize = mapping?.batchSize ?? 1;
  return batchSize > 1 && mapping?.reportsItemFailures === false
    ? [{ code: 'item-failures', source, arn, batchSize }]
    : [];
}

/**
 * A record waits for the window, for the batch before it in its shard, and for its own: the window may have
 * what the two leave of the time.
 */
function window(trigger: Trigger, { slowMs }: Pace): readonly AdviceFacts[] {
  const { source, arn, mapping, batchingWindowSeconds } = trigger;
  if (slowMs === null || batchingWindowSeconds === null) return [];
  const leftSeconds = Math.floor((ITERATOR_AGE_MS - 2 * slowMs) / 1000);
  const mostWindowSeconds = Math.min(MOST_WINDOW_SECONDS, Math.max(0, leftSeconds));
  return [
    {
      code: 'stream-window',
      source,
      arn,
      batchSize: mapping?.batchSize ?? null,
      batchingWindowSeconds,
      slowMs,
      withinMs: ITERATOR_AGE_MS,
      mostWindowSeconds,
      fits: leftSeconds >= 0 && batchingWindowSeconds <= mostWindowSeconds,
    },
  ];
}

/** Without a bound Lambda tries a batch again until its records expire ("Lambda parameters for … Kinesis", 2026-11). */
function streamFailures({ source, arn, mapping }: Trigger): readonly AdviceFacts[] {
  if (mapping === undefined) return [];
  const { retries, maxRecordAgeSeconds, bisects, failureDestination } = mapping;
  const endlessRetries = (retries ?? -1) < 0 && (maxRecordAgeSeconds ?? -1) < 0;
  return endlessRetries || !bisects || failureDestination === null
    ? [{ code: 'stream-failures', source, arn, endlessRetries, bisects, failureDestination }]
    : [];
}

/** Advises on each API once, however many of its methods may call. */
function adviseApis(triggers: readonly Trigger[], pace: Pace): readonly AdviceFacts[] {
  const apis = new Map<string, AdviceFacts>();
  for (const { source, arn } of triggers) {
    if (source !== 'apigateway') continue;
    const api = arn?.split('/')[0] ?? null;
    const kind = apiKind(arn, triggers);
    const maxSeconds = API_MAX_SECONDS[kind ?? 'rest'];
    const { timeoutSeconds, slowestMs } = pace;
    apis.set(api ?? '', {
      code: 'api-wait',
      arn: api,
      kind,
      maxSeconds,
      timeoutSeconds,
      slowestMs,
      fits: slowestMs <= maxSeconds * 1000 && timeoutSeconds <= maxSeconds,
    });
  }
  return [...apis.values()];
}
