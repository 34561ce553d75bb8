import type { TimeoutResult } from '../../contract/tune/result.ts';
import type { Warning } from '../../contract/tune/state.ts';
import type { Trigger } from '../../contract/shared/trigger.ts';

interface Rule {
  readonly maxSeconds: number;
  readonly name: string;
}

/**
 * How long callers wait for a function (AWS documentation of each service, read 2026-11): API Gateway 29 s
 * (HTTP APIs 30 s), CloudFront origins 120 s, Cognito 5 s, Lex 30 s, AppSync 30 s (not verified), Kafka 840 s,
 * CodePipeline 20 min. A load balancer and a function URL wait as long as the function may run.
 */
const RULES: Readonly<Partial<Record<Trigger['source'], Rule>>> = {
  apigateway: { maxSeconds: 29, name: 'API Gateway' },
  cloudfront: { maxSeconds: 120, name: 'CloudFront' },
  cognito: { maxSeconds: 5, name: 'Cognito' },
  lexv2: { maxSeconds: 30, name: 'Lex' },
  appsync: { maxSeconds: 30, name: 'AppSync' },
  kafka: { maxSeconds: 840, name: 'Kafka' },
  codepipeline: { maxSeconds: 1200, name: 'CodePipeline' },
};

/** AWS's advice for queues: a visibility timeout of six times the function's, plus the batching window. */
const VISIBILITY_TIMES = 6;

/** Callers that wait for the function, and how long at most; queues by their visibility timeout. */
export function triggerLimits(triggers: readonly Trigger[]): TimeoutResult['limits'] {
  const limits = triggers.flatMap((trigger) => {
    if (trigger.source === 'sqs') {
      return [{ source: 'sqs', maxSeconds: trigger.visibilityTimeoutSeconds }];
    }
    const rule = RULES[trigger.source];
    return rule === undefined ? [] : [{ source: trigger.source, maxSeconds: rule.maxSeconds }];
  });
  return limits.filter(
    ({ source, maxSeconds }, index) =>
      limits.findIndex((each) => each.source === source && each.maxSeconds === maxSeconds) ===
      index,
  );
}

/** A warning for each trigger that a timeout does not fit. */
export function triggerWarnings(
  triggers: readonly Trigger[],
  timeoutSeconds: number,
): readonly Warning[] {
  return triggers.flatMap((trigger): readonly Warning[] => {
    const where = trigger.arn === null ? '' : ` (${trigger.arn})`;
    if (trigger.source === 'sqs') return queueWarnings(trigger, timeoutSeconds, where);
    const rule = RULES[trigger.source];
    if (rule === undefined || timeoutSeconds <= rule.maxSeconds) return [];
    return [
      {
        code: 'timeout-beyond-caller',
        message: `${rule.name}${where} waits ${rule.maxSeconds} s at most: with a timeout of ${timeoutSeconds} s the function may still run, and be billed, when nobody waits any more.`,
      },
    ];
  });
}

function queueWarnings(
  { visibilityTimeoutSeconds: visible, batchingWindowSeconds }: Trigger,
  timeoutSeconds: number,
  where: string,
): readonly Warning[] {
  if (visible === null) return [];
  if (timeoutSeconds > visible) {
    return [
      {
        code: 'timeout-beyond-visibility',
        message: `The queue${where} shows a message again after ${visible} s: with a timeout of ${timeoutSeconds} s AWS refuses the mapping, or messages are worked on twice. Raise its visibility timeout first.`,
      },
    ];
  }
  const advised = VISIBILITY_TIMES * timeoutSeconds + (batchingWindowSeconds ?? 0);
  if (visible >= advised) return [];
  return [
    {
      code: 'visibility-timeout-short',
      message: `For a timeout of ${timeoutSeconds} s AWS advises a visibility timeout of ${advised} s at least (six times, plus the batching window); the queue${where} has ${visible} s.`,
    },
  ];
}
