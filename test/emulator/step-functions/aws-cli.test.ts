import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { executionArn, LONG_WAIT, machineArn, ONE_TASK, statesFixture } from './states-fixture.ts';

const run = promisify(execFile);
const hasCli = inject('machine').awsCli;

test.skipIf(!hasCli)('the AWS CLI drives the endpoint', async () => {
  const states = await statesFixture({
    powerdial: { definition: ONE_TASK, tags: { 'powerdial:tuner': '1' } },
    wait: { definition: LONG_WAIT },
  });
  const folder = await mkdtemp(join(tmpdir(), 'powerdial-cli-'));
  const aws = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await run('aws', ['--output', 'json', 'stepfunctions', ...args], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        // The variable by which any SDK finds it.
        AWS_ENDPOINT_URL_SFN: states.endpoint.url,
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    });
    return stdout === '' ? null : (JSON.parse(stdout) as unknown);
  };
  try {
    const arn = executionArn('powerdial', 'one');
    const started = await aws(
      'start-execution',
      ...['--state-machine-arn', machineArn('powerdial')],
      ...['--name', 'one', '--input', '{"a":1}'],
    );
    expect(started).toMatchObject({ executionArn: arn });
    expect(await aws('describe-execution', '--execution-arn', arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"done"',
    });
    const { events } = (await aws('get-execution-history', '--execution-arn', arn)) as {
      events: { type: string }[];
    };
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(await aws('list-tags-for-resource', '--resource-arn', machineArn('powerdial'))).toEqual({
      tags: [{ key: 'powerdial:tuner', value: '1' }],
    });

    const waiting = executionArn('wait', 'two');
    await aws('start-execution', '--state-machine-arn', machineArn('wait'), '--name', 'two');
    await aws('stop-execution', '--execution-arn', waiting, '--cause', 'enough');
    expect(await aws('describe-execution', '--execution-arn', waiting)).toMatchObject({
      status: 'ABORTED',
      cause: 'enough',
    });
  } finally {
    await states.close();
    await rm(folder, { recursive: true, force: true });
  }
});
