import type { TimeoutResult } from '../../contract/tune/timeout-result.ts';
import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import { adviseVisibilitySeconds } from '../../contract/shared/advise-visibility.ts';
import type { ApiKind, Trigger } from '../../contract/shared/trigger.ts';
import { API_MAX_SECONDS, apiKind } from './api-kind.ts';

/**
 * How long callers wait for a function (AWS documentation of each service, read 2026-11): CloudFront origins 120 s, Cognito 5 s, Lex 30 s, AppSync 30 s (not verified), Kafka 840 s,
 * CodePipeline 20 min. A load balancer and a function URL wait as long as the function may run.
 */
const MAX_SECONDS: Readonly<Partial<Record<Trigger['source'], number>>> = {
  cloudfront: 120,
  cognito: 5,
  lexv2: 30,
  appsync: 30,
  kafka: 840,
  codepipeline: 1200,
};

/** How long a caller waits and, of API Gateway, of which kind it is; `null` where it waits as long as it takes. */
function waitOf(
  { source, arn }: Trigger,
  triggers: readonly Trigger[],
): { readonly maxSeconds: number; readonly kind?: ApiKind } | null {
  if (source === 'apigateway') {
    const kind = apiKind(arn, triggers);
    return { maxSeconds: API_MAX_SECONDS[kind ?? 'rest'], ...(kind === null ? {} : { kind }) };
  }
  const maxSeconds = MAX_SECONDS[source];
  return maxSeconds === undefined ? null : { maxSeconds };
}

/** Callers that wait for the function, and how long at most; queues by their visibility timeout. */
export function triggerLimits(triggers: readonly Trigger[]): TimeoutResult['limits'] {
  const limits = triggers.flatMap((trigger): TimeoutResult['limits'] => {
    if (trigger.source === 'sqs') {
      return [{ source: 'sqs', maxSeconds: trigger.visibilityTimeoutSeconds }];
    }
    const wait = waitOf(trigger, triggers);
    return wait === null ? [] : [{ source: trigger.source, ...wait }];
  });
  return limits.filter(
    (limit, index) =>
      limits.findIndex((each) => JSON.stringify(each) === JSON.stringify(limit)) === index,
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
    const wait = waitOf(trigger, triggers);
    return wait === null || timeoutSeconds <= wait.maxSeconds
      ? []
      : [{ code: 'timeout-beyond-caller', source, arn, ...wait, timeoutSeconds }];
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
  const advisedSeconds = adviseVisibilitySeconds(timeoutSeconds, batchingWindowSeconds ?? 0);
  return visibilityTimeoutSeconds >= advisedSeconds
    ? []
    : [{ code: 'visibility-timeout-short', ...facts, advisedSeconds }];
}
