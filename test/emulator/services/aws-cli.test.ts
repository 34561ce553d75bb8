import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, inject, test } from 'vitest';
import { fixture, FUNCTION_ARN } from '../lambda/lambda-fixture.ts';

const run = promisify(execFile);
const hasCli = inject('machine').awsCli;

test.skipIf(!hasCli)('the AWS CLI reaches every service', async () => {
  const queue = 'arn:aws:sqs:eu-west-1:123456789012:orders';
  const { endpoint, client } = await fixture(
    {
      queues: [{ arn: queue, visibilityTimeoutSeconds: 180 }],
      objects: { 's3://payloads/order.json': '{"id":1}' },
    },
    { eventSourceMappings: [{ eventSourceArn: queue }] },
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'powerdial-cli-'));
  const aws = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await run(
      'aws',
      ['--endpoint-url', endpoint.url, '--output', 'json', ...args],
      {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          AWS_DEFAULT_REGION: 'eu-west-1',
          AWS_ACCESS_KEY_ID: 'any',
          AWS_SECRET_ACCESS_KEY: 'any',
          AWS_EC2_METADATA_DISABLED: 'true',
        },
      },
    );
    return stdout === '' ? null : (JSON.parse(stdout) as unknown);
  };
  try {
    const { $metadata } = await client.send(new InvokeCommand({ FunctionName: 'orders' }));
    const id = $metadata.requestId ?? '';
    expect(
      await aws(
        ...['logs', 'filter-log-events', '--log-group-name', '/aws/lambda/orders'],
        ...['--filter-pattern', `"${id}"`],
      ),
    ).toMatchObject({ events: [{ message: `REPORT RequestId: ${id}\n` }] });
    expect(
      await aws(
        ...['sqs', 'get-queue-attributes', '--attribute-names', 'VisibilityTimeout'],
        ...['--queue-url', `${endpoint.url}/123456789012/orders`],
      ),
    ).toEqual({ Attributes: { VisibilityTimeout: '180' } });
    await aws('s3api', 'get-object', '--bucket', 'payloads', '--key', 'order.json', 'out.json');
    expect(await readFile(path.join(folder, 'out.json'), 'utf8')).toBe('{"id":1}');
    expect(
      await aws('lambda', 'list-event-source-mappings', '--function-name', 'orders'),
    ).toMatchObject({
      EventSourceMappings: [{ EventSourceArn: queue, FunctionArn: FUNCTION_ARN }],
    });
    await aws(
      ...['lambda', 'put-function-event-invoke-config', '--function-name', 'orders'],
      ...['--maximum-retry-attempts', '0'],
    );
    expect(
      await aws('lambda', 'get-function-event-invoke-config', '--function-name', 'orders'),
    ).toMatchObject({ MaximumRetryAttempts: 0, FunctionArn: `${FUNCTION_ARN}:$LATEST` });
  } finally {
    await rm(folder, { recursive: true });
  }
});
