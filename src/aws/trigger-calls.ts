import {
  GetPolicyCommand,
  paginateListEventSourceMappings,
  paginateListFunctionUrlConfigs,
  type EventSourceMappingConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { isAwsError } from '../contract/shared/aws-error.ts';
import type { ReadTriggers } from '../contract/shared/deps.ts';
import type { Mapping, Redrive, Trigger } from '../contract/shared/trigger.ts';
import { policyTriggers } from './policy-triggers.ts';
import { serviceDomain } from './service-domain.ts';
import { translateErrors } from './translate-error.ts';

interface Clients {
  readonly lambda: LambdaClient;
  /** The client is made when a queue is found, because most targets have none. */
  readonly sqs: () => Promise<SQSClient>;
}

/**
 * Reads the event source mappings, the policy of the function and of each alias, the function URLs, and what
 * the queues among them wait for. A part that is denied does not lose the others.
 */
export function readTriggers(clients: Clients): ReadTriggers {
  return async (functionName, aliases) => {
    const unread: string[] = [];
    let latestUnread = false;
    const part = async (
      what: string,
      read: () => Promise<readonly Trigger[]>,
      tellsOfLatest: boolean,
    ): Promise<readonly Trigger[]> => {
      try {
        return await read();
      } catch (error) {
        if (!isAwsError(error)) throw error;
        if (error.kind === 'not-found') return [];
        unread.push(`${what} (${error.action}: ${error.code})`);
        if (tellsOfLatest) latestUnread = true;
        return [];
      }
    };
    const qualifiers = [null, ...aliases];
    const parts = await Promise.all([
      part('function URLs', () => functionUrls(clients.lambda, functionName), true),
      ...qualifiers.flatMap((qualifier) => {
        const name = qualifier === null ? 'the function' : `alias ${qualifier}`;
        const target = qualifier === null ? functionName : `${functionName}:${qualifier}`;
        return [
          // AWS lists only the mappings of exactly this name: an alias's own mappings are listed under the
          // alias.
          part(
            `event source mappings of ${name}`,
            () => mappings(clients, target, unread),
            qualifier === null,
          ),
          part(
            `the policy of ${name}`,
            () => policy(clients.lambda, functionName, qualifier),
            qualifier === null,
          ),
        ];
      }),
    ]);
    return { triggers: withoutRepeatedUrls(parts.flat()), unread, latestUnread };
  };
}

/**
 * A function URL is reported by its configuration. Its permission counts only where the configuration could
 * not be read.
 */
function withoutRepeatedUrls(triggers: readonly Trigger[]): readonly Trigger[] {
  const isUrl = ({ source }: Trigger): boolean => source === 'function-url';
  return triggers.filter(
    (trigger) =>
      !isUrl(trigger) ||
      trigger.arn !== null ||
      !triggers.some(
        (other) => isUrl(other) && other.arn !== null && other.unqualified === trigger.unqualified,
      ),
  );
}

async function mappings(
  { lambda, sqs }: Clients,
  functionName: string,
  unread: string[],
): Promise<readonly Trigger[]> {
  const found = await translateErrors('lambda:ListEventSourceMappings', functionName, async () => {
    const all: EventSourceMappingConfiguration[] = [];
    const pages = paginateListEventSourceMappings(
      { client: lambda },
      { FunctionName: functionName },
    );
    for await (const page of pages) all.push(...(page.EventSourceMappings ?? []));
    return all;
  });
  return Promise.all(
    found
      .filter((mapping) => mapping.State !== 'Disabled')
      .map(async (mapping): Promise<Trigger> => {
        const arn = mapping.EventSourceArn ?? null;
        const source = mappingSource(mapping);
        const queue = source === 'sqs' && arn !== null ? await readQueue(sqs, arn, unread) : null;
        return {
          source,
          arn,
          unqualified: isUnqualified(mapping.FunctionArn),
          visibilityTimeoutSeconds: queue?.visibilityTimeoutSeconds ?? null,
          batchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds ?? null,
          mapping: settingsOf(mapping),
          ...(source === 'sqs' ? { redrive: queue?.redrive ?? null } : {}),
        };
      }),
  );
}

function mappingSource(mapping: EventSourceMappingConfiguration): Trigger['source'] {
  if (mapping.SelfManagedEventSource !== undefined) return 'kafka';
  const service = mapping.EventSourceArn?.split(':')[2] ?? '';
  if (service === 'rds') return 'documentdb';
  const known = ['sqs', 'kinesis', 'dynamodb', 'kafka', 'mq'] as const;
  return known.find((each) => each === service) ?? 'other';
}

function settingsOf(mapping: EventSourceMappingConfiguration): Mapping {
  return {
    batchSize: mapping.BatchSize ?? null,
    parallelization: mapping.ParallelizationFactor ?? null,
    maxConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? null,
    retries: mapping.MaximumRetryAttempts ?? null,
    maxRecordAgeSeconds: mapping.MaximumRecordAgeInSeconds ?? null,
    bisects: mapping.BisectBatchOnFunctionError ?? false,
    reportsItemFailures: (mapping.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
    failureDestination: mapping.DestinationConfig?.OnFailure?.Destination ?? null,
  };
}

interface Queue {
  readonly visibilityTimeoutSeconds: number | null;
  readonly redrive: Redrive;
}

async function readQueue(
  sqs: () => Promise<SQSClient>,
  queueArn: string,
  unread: string[],
): Promise<Queue | null> {
  const [, partition = 'aws', , region = '', account = '', name = ''] = queueArn.split(':');
  const domain = serviceDomain(partition);
  try {
    return await translateErrors('sqs:GetQueueAttributes', queueArn, async () => {
      const { GetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
      const client = await sqs();
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: `https://sqs.${region}.${domain}/${account}/${name}`,
          AttributeNames: ['VisibilityTimeout', 'RedrivePolicy'],
        }),
      );
      const seconds = Number(Attributes?.VisibilityTimeout);
      return {
        visibilityTimeoutSeconds: Number.isFinite(seconds) ? seconds : null,
        redrive: redriveOf(Attributes?.RedrivePolicy),
      };
    });
  } catch (error) {
    if (!isAwsError(error)) throw error;
    unread.push(`the visibility timeout of ${name} (${error.action}: ${error.code})`);
    return null;
  }
}

/** Reads a redrive policy, JSON in which the count may be a text; a queue without one has no attribute. */
function redriveOf(policy: string | undefined): Redrive {
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy ?? '{}') as {
    readonly deadLetterTargetArn?: string;
    readonly maxReceiveCount?: number | string;
  };
  const count = Number(maxReceiveCount);
  return {
    deadLetterArn: deadLetterTargetArn ?? null,
    maxReceiveCount: Number.isInteger(count) ? count : null,
  };
}

function policy(
  lambda: LambdaClient,
  functionName: string,
  qualifier: string | null,
): Promise<readonly Trigger[]> {
  return translateErrors('lambda:GetPolicy', functionName, async () => {
    const { Policy } = await lambda.send(
      new GetPolicyCommand({
        FunctionName: functionName,
        ...(qualifier === null ? {} : { Qualifier: qualifier }),
      }),
    );
    return policyTriggers(Policy ?? '{}', qualifier === null);
  });
}

/** Lists the URLs of the function and of all its aliases. Their ARNs tell them apart. */
function functionUrls(lambda: LambdaClient, functionName: string): Promise<readonly Trigger[]> {
  return translateErrors('lambda:ListFunctionUrlConfigs', functionName, async () => {
    const triggers: Trigger[] = [];
    const pages = paginateListFunctionUrlConfigs(
      { client: lambda },
      { FunctionName: functionName },
    );
    for await (const page of pages) {
      for (const { FunctionUrl, FunctionArn } of page.FunctionUrlConfigs ?? []) {
        triggers.push({
          source: 'function-url',
          arn: FunctionUrl ?? null,
          unqualified: isUnqualified(FunctionArn),
          visibilityTimeoutSeconds: null,
          batchingWindowSeconds: null,
        });
      }
    }
    return triggers;
  });
}

/** Tells whether an ARN means $LATEST. */
function isUnqualified(functionArn: string | undefined): boolean {
  return /:function:[^:]+(:\$LATEST)?$/.test(functionArn ?? '');
}
