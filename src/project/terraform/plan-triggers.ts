import type { ProjectTrigger } from '../project-function.ts';
import { valueIfKnown, member, numberOf, type Raw } from '../values/value.ts';
import type { PlannedResource } from './planned-resources.ts';
import { configurationOf, referencesOf } from './plan-configuration.ts';

const SERVICES: readonly (readonly [RegExp, ProjectTrigger['source']])[] = [
  [/^aws_sqs_queue\b/, 'sqs'],
  [/^aws_kinesis_stream\b/, 'kinesis'],
  [/^aws_dynamodb_table\b/, 'dynamodb'],
  [/^aws_msk_/, 'kafka'],
  [/^aws_mq_broker\b/, 'mq'],
  [/^aws_docdb_cluster\b/, 'documentdb'],
];

/** Returns the event source mappings and the URL that a plan has for a function. */
export function planTriggers(
  resource: PlannedResource,
  plan: { readonly [key: string]: Raw },
  resources: readonly PlannedResource[],
): readonly ProjectTrigger[] {
  const own = `${resource.type}.${resource.name}`;
  const near = resources.filter(({ module }) => module === resource.module);
  const refersToIt = (each: PlannedResource): boolean =>
    referencesOf(configurationOf(plan, each), 'function_name').includes(own);
  return [
    ...near
      .filter((each) => each.type === 'aws_lambda_event_source_mapping' && refersToIt(each))
      .map((each) => {
        const from = referencesOf(configurationOf(plan, each), 'event_source_arn');
        const source = from.find((name) => /^[a-z_0-9]+\.[^.]+$/.test(name)) ?? null;
        const of = (name: string) => valueIfKnown(numberOf(member(each.values, name)));
        return {
          source:
            SERVICES.find(([pattern]) => pattern.test(source ?? ''))?.[1] ?? ('other' as const),
          resource: source,
          batchSize: of('batch_size'),
          batchingWindowSeconds: of('maximum_batching_window_in_seconds'),
        };
      }),
    ...near
      .filter((each) => each.type === 'aws_lambda_function_url' && refersToIt(each))
      .map(() => ({
        source: 'function-url' as const,
        resource: null,
        batchSize: null,
        batchingWindowSeconds: null,
      })),
  ];
}
