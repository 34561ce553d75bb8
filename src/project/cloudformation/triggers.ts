import type { ProjectTrigger } from '../project-function.ts';
import { valueIfKnown, member, numberOf, recordsOf, wordOf, type Raw } from '../values/value.ts';
import { referredResource } from './references.ts';
import { resolve } from './resolve.ts';
import type { Scope } from './scope.ts';

/** SAM's kinds of events ("EventSource", SAM Developer Guide, 2026-11) in the words of triggers. */
const EVENTS: Readonly<Record<string, ProjectTrigger['source']>> = {
  Api: 'apigateway',
  HttpApi: 'apigateway',
  SQS: 'sqs',
  SNS: 'sns',
  S3: 's3',
  Kinesis: 'kinesis',
  DynamoDB: 'dynamodb',
  MSK: 'kafka',
  SelfManagedKafka: 'kafka',
  MQ: 'mq',
  DocumentDB: 'documentdb',
  Schedule: 'events',
  ScheduleV2: 'scheduler',
  CloudWatchEvent: 'events',
  EventBridgeRule: 'events',
  CloudWatchLogs: 'logs',
  Cognito: 'cognito',
  IoTRule: 'iot',
};

/** Where an event says what it reads from. */
const SOURCES: readonly string[] = ['Queue', 'Stream', 'Topic', 'Bucket', 'Broker', 'Cluster'];

/** Returns what invokes a function: SAM's `Events`, its URL, and mappings that stand for themselves. */
export function triggersOf(
  resource: string,
  properties: { readonly [key: string]: Raw },
  template: { readonly [key: string]: Raw },
  scope: Scope,
): readonly ProjectTrigger[] {
  const events = recordsOf(properties['Events']).map(([, event]) => {
    const own = event['Properties'];
    const source = SOURCES.map((name) => member(own, name)).find((each) => each !== undefined);
    return {
      source: EVENTS[wordOf(event['Type'])] ?? ('other' as const),
      resource: referredResource(source),
      ...batchOf(own, scope),
    };
  });
  const mappings = recordsOf(template['Resources'])
    .filter(
      ([, each]) =>
        each['Type'] === 'AWS::Lambda::EventSourceMapping' &&
        referredResource(member(each, 'Properties', 'FunctionName')) === resource,
    )
    .map(([, each]) => {
      const own = each['Properties'];
      const from = referredResource(member(own, 'EventSourceArn'));
      const type = from === null ? '' : wordOf(member(template['Resources'], from, 'Type'));
      return { source: sourceOfType(type), resource: from, ...batchOf(own, scope) };
    });
  const hasUrl =
    properties['FunctionUrlConfig'] !== undefined ||
    recordsOf(template['Resources']).some(
      ([, each]) =>
        each['Type'] === 'AWS::Lambda::Url' &&
        referredResource(member(each, 'Properties', 'TargetFunctionArn')) === resource,
    );
  const none = { resource: null, batchSize: null, batchingWindowSeconds: null };
  return [
    ...events,
    ...mappings,
    ...(hasUrl ? [{ source: 'function-url' as const, ...none }] : []),
  ];
}

function sourceOfType(type: string): ProjectTrigger['source'] {
  const [, service = ''] = /^AWS::([A-Za-z]+)::/.exec(type) ?? [];
  const names: Readonly<Record<string, ProjectTrigger['source']>> = {
    SQS: 'sqs',
    Kinesis: 'kinesis',
    DynamoDB: 'dynamodb',
    MSK: 'kafka',
    AmazonMQ: 'mq',
    DocDB: 'documentdb',
  };
  return names[service] ?? 'other';
}

function batchOf(
  own: Raw | undefined,
  scope: Scope,
): Pick<ProjectTrigger, 'batchSize' | 'batchingWindowSeconds'> {
  return {
    batchSize: valueIfKnown(numberOf(resolve(member(own, 'BatchSize'), scope))),
    batchingWindowSeconds: valueIfKnown(
      numberOf(resolve(member(own, 'MaximumBatchingWindowInSeconds'), scope)),
    ),
  };
}
