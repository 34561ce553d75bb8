import { referredResource } from '../cloudformation/references.ts';
import { resolve } from '../cloudformation/resolve.ts';
import type { Scope } from '../cloudformation/scope.ts';
import type { ProjectTrigger } from '../project-function.ts';
import { isList, isRecord, valueIfKnown, member, numberOf, type Raw } from '../values/value.ts';

/** The framework's kinds of events ("AWS Lambda Events", Serverless Framework, 2026-11) in the words of triggers. */
const EVENTS: Readonly<Record<string, ProjectTrigger['source']>> = {
  http: 'apigateway',
  httpApi: 'apigateway',
  websocket: 'apigateway',
  sqs: 'sqs',
  sns: 'sns',
  s3: 's3',
  kafka: 'kafka',
  msk: 'kafka',
  activemq: 'mq',
  rabbitmq: 'mq',
  schedule: 'events',
  eventBridge: 'events',
  cloudwatchEvent: 'events',
  cloudwatchLog: 'logs',
  alb: 'alb',
  iot: 'iot',
  cognitoUserPool: 'cognito',
  cloudFront: 'cloudfront',
};

/** Returns what invokes a function of a serverless.yml. */
export function serverlessTriggers(
  own: { readonly [key: string]: Raw },
  scope: Scope,
): readonly ProjectTrigger[] {
  const events = isList(own['events']) ? own['events'] : [];
  const none = { resource: null, batchSize: null, batchingWindowSeconds: null };
  const read = events.flatMap((event) => {
    if (typeof event === 'string')
      return [{ source: EVENTS[event] ?? ('other' as const), ...none }];
    if (!isRecord(event)) return [];
    const [kind = ''] = Object.keys(event);
    const of = (name: string) => valueIfKnown(numberOf(resolve(member(event[kind], name), scope)));
    const arn = member(event[kind], 'arn') ?? event[kind];
    return [
      {
        source: kind === 'stream' ? streamOf(event[kind]) : (EVENTS[kind] ?? ('other' as const)),
        resource: referredResource(arn),
        batchSize: of('batchSize'),
        batchingWindowSeconds: of('maximumBatchingWindow') ?? of('batchWindow'),
      },
    ];
  });
  const hasUrl = own['url'] !== undefined && own['url'] !== false;
  return hasUrl ? [...read, { source: 'function-url', ...none }] : read;
}

function streamOf(event: Raw | undefined): ProjectTrigger['source'] {
  const type = member(event, 'type');
  return type === 'kinesis' || JSON.stringify(event ?? '').includes('kinesis')
    ? 'kinesis'
    : 'dynamodb';
}
