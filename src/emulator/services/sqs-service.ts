import { isList } from '../../contract/shared/json.ts';
import { jsonMembers, jsonRefusal, jsonReply, targetOf } from './json-target.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceReply } from './service-reply.ts';
import type { Service, ServiceRequest } from './service.ts';

const TARGET = 'AmazonSQS';

/** A queue that the endpoint has, as far as anybody asks for it. */
export interface EmbeddedQueue {
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  /** Where messages go that were received so often without being deleted. @default nowhere */
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
}

/** SQS, as far as a run needs it: GetQueueAttributes, in the AWS JSON protocol. */
export function sqsService(queues: readonly EmbeddedQueue[]): Service {
  return {
    name: 'sqs',
    accepts: (request) => targetOf(request, TARGET) !== null,
    understand(request) {
      const operation = targetOf(request, TARGET) ?? '';
      return {
        operation,
        action: `sqs:${operation}`,
        resource: resourceOf(request),
        functionName: null,
        qualifier: null,
        run: () => {
          if (operation === 'GetQueueAttributes') return getQueueAttributes(queues, request);
          const message = `The embedded endpoint does not have ${operation} of SQS; it has GetQueueAttributes.`;
          throw new ServiceError(400, 'UnknownOperationException', message);
        },
      };
    },
    refuse: (error) => jsonRefusal('1.0', error, 'com.amazonaws.sqs#'),
  };
}

function getQueueAttributes(
  queues: readonly EmbeddedQueue[],
  request: ServiceRequest,
): ServiceReply {
  const arn = arnOf(queueUrl(request));
  const queue = queues.find((each) => isQueue(each.arn, arn));
  if (queue === undefined) {
    throw new ServiceError(400, 'QueueDoesNotExist', 'The specified queue does not exist.', {
      // The error name of the older protocol, for clients that still read it.
      headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
    });
  }
  const known: Readonly<Record<string, string>> = {
    QueueArn: queue.arn,
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    ...(queue.redrive === undefined
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: queue.redrive.deadLetterArn,
            maxReceiveCount: queue.redrive.maxReceiveCount,
          }),
        }),
  };
  const names = jsonMembers(request)['AttributeNames'];
  const asked = isList(names) ? names : [];
  const attributes = Object.fromEntries(
    Object.entries(known).filter(([name]) => asked.includes(name) || asked.includes('All')),
  );
  return jsonReply('1.0', { Attributes: attributes });
}

function resourceOf(request: ServiceRequest): string {
  const url = jsonMembers(request)['QueueUrl'];
  return typeof url === 'string' ? arnOf(url) : '*';
}

function queueUrl(request: ServiceRequest): string {
  const url = jsonMembers(request)['QueueUrl'];
  if (typeof url === 'string') return url;
  const message = 'The request must contain the parameter QueueUrl.';
  throw new ServiceError(400, 'MissingParameter', message);
}

/** `https://sqs.eu-west-1.amazonaws.com/123456789012/orders`; another host says nothing of the Region. */
function arnOf(url: string): string {
  const [account = '', name = ''] = url.split('/').slice(-2);
  const region = /\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(url)?.[1] ?? '*';
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** In any partition, and in any Region where the URL does not say. */
function isQueue(queueArn: string, wanted: string): boolean {
  const [, , , region, account, name] = queueArn.split(':');
  const [, , , wantedRegion, wantedAccount, wantedName] = wanted.split(':');
  return (
    account === wantedAccount &&
    name === wantedName &&
    (wantedRegion === '*' || region === wantedRegion)
  );
}
