import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { errorOf, fixture } from '../lambda/lambda-fixture.ts';
import { serviceClients } from './service-clients.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders.fifo';
const URL = 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders.fifo';

async function sqs() {
  const { endpoint } = await fixture({ queues: [{ arn: QUEUE, visibilityTimeoutSeconds: 180 }] });
  return serviceClients(endpoint.url).sqs;
}

test('a queue tells its visibility timeout, in text as SQS does', async () => {
  const client = await sqs();
  const call = new GetQueueAttributesCommand({
    QueueUrl: URL,
    AttributeNames: ['VisibilityTimeout'],
  });
  expect((await client.send(call)).Attributes).toEqual({ VisibilityTimeout: '180' });
});

test('All asks for every attribute that the endpoint knows', async () => {
  const client = await sqs();
  const call = new GetQueueAttributesCommand({ QueueUrl: URL, AttributeNames: ['All'] });
  expect((await client.send(call)).Attributes).toEqual({
    QueueArn: QUEUE,
    VisibilityTimeout: '180',
  });
});

test.each([
  'https://sqs.eu-west-1.amazonaws.com/123456789012/other',
  'https://sqs.eu-west-1.amazonaws.com/999999999999/orders.fifo',
  'https://sqs.us-east-1.amazonaws.com/123456789012/orders.fifo',
  'https://sqs.eu-west-1.amazonaws.com/123456789012/ordersxfifo',
])('no queue is at %s', async (QueueUrl) => {
  const client = await sqs();
  const call = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  expect(await errorOf(client.send(call))).toMatchObject({
    name: 'QueueDoesNotExist',
    message: 'The specified queue does not exist.',
    $metadata: { httpStatusCode: 400 },
  });
});

test('the URL of a queue may be of another host, such as the endpoint itself', async () => {
  const client = await sqs();
  const QueueUrl = 'http://127.0.0.1:4566/123456789012/orders.fifo';
  const call = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  expect((await client.send(call)).Attributes?.['QueueArn']).toBe(QUEUE);
});

test('other operations of SQS are refused by name', async () => {
  const client = await sqs();
  expect((await errorOf(client.send(new ListQueuesCommand({})))).message).toMatch(
    /does not have ListQueues of SQS/,
  );
});
