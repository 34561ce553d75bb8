import { createHash } from 'node:crypto';
import type { EmbeddedAccount } from './embedded-account.ts';
import type { EmbeddedFunction } from './embedded-function.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { parseFunctionReference } from './function-reference.ts';
import type { Operation } from './operation.ts';
import { page } from './page.ts';

const MAPPINGS = '/2015-03-31/event-source-mappings';

/** The event source mappings that functions were defined with. */
export const EVENT_SOURCE_OPERATIONS: readonly Operation[] = [
  {
    name: 'ListEventSourceMappings',
    method: 'GET',
    path: MAPPINGS,
    run: ({ query }, account) => {
      const source = query.get('EventSourceArn');
      const target = query.get('FunctionName');
      const wanted = target === null ? null : parseFunctionReference(target, null);
      const shapes = allMappings(account)
        .filter(
          ({ fn, mapping }) =>
            // A function without a qualifier is another target than one of its aliases.
            (wanted === null ||
              (fn.definition.name === wanted.name &&
                (mapping.qualifier ?? null) === wanted.qualifier)) &&
            (source === null || mapping.eventSourceArn === source),
        )
        .map((each) => shape(each.fn, each.mapping, account.settings.now()));
      const { items, next } = page(shapes, query);
      return { status: 200, body: { EventSourceMappings: items, ...next } };
    },
  },
];

function allMappings(
  account: EmbeddedAccount,
): readonly { readonly fn: EmbeddedFunction; readonly mapping: EventSourceMapping }[] {
  return account
    .functions()
    .flatMap((fn) => (fn.definition.eventSourceMappings ?? []).map((mapping) => ({ fn, mapping })));
}

function shape(
  fn: EmbeddedFunction,
  mapping: EventSourceMapping,
  nowMs: number,
): Readonly<Record<string, unknown>> {
  const { eventSourceArn, bootstrapServers, qualifier } = mapping;
  const uuid = uuidOf(`${fn.arn}:${qualifier ?? ''}:${eventSourceArn ?? ''}`);
  const [, partition, , region, account] = fn.arn.split(':');
  return {
    UUID: uuid,
    EventSourceMappingArn: `arn:${partition ?? ''}:lambda:${region ?? ''}:${account ?? ''}:event-source-mapping:${uuid}`,
    FunctionArn: qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`,
    ...(eventSourceArn === undefined ? {} : { EventSourceArn: eventSourceArn }),
    ...(bootstrapServers === undefined
      ? {}
      : {
          SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: bootstrapServers } },
        }),
    State: mapping.state ?? 'Enabled',
    StateTransitionReason: 'USER_INITIATED',
    BatchSize: mapping.batchSize ?? 10,
    MaximumBatchingWindowInSeconds: mapping.batchingWindowSeconds ?? 0,
    LastModified: nowMs / 1000,
    ...settingsOf(mapping),
  };
}

/** What a mapping was given; the rest is absent, as AWS leaves it out. */
function settingsOf(mapping: EventSourceMapping): Readonly<Record<string, unknown>> {
  const { maximumConcurrency, onFailure } = mapping;
  const all = {
    ParallelizationFactor: mapping.parallelizationFactor,
    MaximumRetryAttempts: mapping.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: mapping.maximumRecordAgeInSeconds,
    BisectBatchOnFunctionError: mapping.bisectBatchOnFunctionError,
    FunctionResponseTypes:
      mapping.reportBatchItemFailures === true ? ['ReportBatchItemFailures'] : undefined,
    ScalingConfig:
      maximumConcurrency === undefined ? undefined : { MaximumConcurrency: maximumConcurrency },
    DestinationConfig:
      onFailure === undefined ? undefined : { OnFailure: { Destination: onFailure } },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The same mapping has the same id every time it is listed. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
