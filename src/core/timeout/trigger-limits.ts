import type { TimeoutResult } from '../../contract/tune/result.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';

/**
 * How long callers wait for a function (AWS documentation of each service, read 2026-11): API Gateway 29 s
 * (HTTP APIs 30 s), CloudFront origins 120 s, Cognito 5 s, Lex 30 s, AppSync 30 s (not verified), Kafka 840 s,
 * CodePipeline 20 min. A load balancer and a function URL wait as long as the function may run.
 */
const MAX_SECONDS: Readonly<Partial<Record<Trigger['source'], number>>> = {
  apigateway: 29,
  cloudfront: 120,
  cognito: 5,
  lexv2: 30,
  appsync: 30,
  kafka: 840,
  codepipeline: 1200,
};

/** AWS's advice for queues: a visibility timeout of six times the function's, plus the batching window. */
const VISIBILITY_TIMES = 6;

/** Callers that wait for the function, and how long at most; queues by their visibility timeout. */
export function triggerLimits(triggers: readonly Trigger[]): TimeoutResult['limits'] {
  const limits = triggers.flatMap((trigger) => {
    if (trigger.source === 'sqs') {
      return [{ source: 'sqs', maxSeconds: trigger.visibilityTimeoutSeconds }];
    }
    const maxSeconds = MAX_SECONDS[trigger.source];
    return maxSeconds === undefined ? [] : [{ source: trigger.source, maxSeconds }];
  });
  return limits.filter(
    ({ source, maxSeconds }, index) =>
      limits.findIndex((each) => each.source === source && each.maxSeconds === maxSeconds) ===
      index,
  );
}

/** Returns a warning for each trigger that a timeout does not fit. */
export function triggerWarnings(
  triggers: readonly Trigger[],
  timeoutSeconds: number,
): readonly WarningFacts[] {
  return triggers.flatMap((trigger): readonly WarningFacts[] => {
    const { source, arn } = trigger;
    if (source === 'sqs') return queueWarnings(trigger, timeoutSeconds);
    const maxSeconds = MAX_SECONDS[source];
    return maxSeconds === undefined || timeoutSeconds <= maxSeconds
      ? []
      : [{ code: 'timeout-beyond-caller', source, arn, maxSeconds, timeoutSeconds }];
  });
}

function queueWarnings(
  { arn: queueArn, visibilityTimeoutSeconds, batchingWindowSeconds }: Trigger,
  timeoutSeconds: number,
): readonly WarningFacts[] {
  if (visibilityTimeoutSeconds === null) return [];
  const facts = { queueArn, visibilityTimeoutSeconds, timeoutSeconds };
  if (timeoutSeconds > visibilityTimeoutSeconds) {
    return [{ code: 'timeout-beyond-visibility', ...facts }];
  }
  const advisedSeconds = VISIBILITY_TIMES * timeoutSeconds + (batchingWindowSeconds ?? 0);
  return visibilityTimeoutSeconds >= advisedSeconds
    ? []
    : [{ code: 'visibility-timeout-short', ...facts, advisedSeconds }];
}
