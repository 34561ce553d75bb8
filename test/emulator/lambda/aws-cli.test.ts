import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { fixture, FUNCTION_ARN } from './lambda-fixture.ts';

const run = promisify(execFile);
const hasCli = inject('machine').awsCli;

test.skipIf(!hasCli)('the AWS CLI drives the endpoint', async () => {
  const { endpoint, host } = await fixture();
  const folder = await mkdtemp(join(tmpdir(), 'powerdial-cli-'));
  const aws = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await run(
      'aws',
      ['--endpoint-url', endpoint.url, '--output', 'json', 'lambda', ...args],
      {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          AWS_REGION: 'eu-west-1',
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
    const name = ['--function-name', 'orders'];
    expect(
      await aws('update-function-configuration', ...name, '--memory-size', '1024'),
    ).toMatchObject({ MemorySize: 1024, LastUpdateStatus: 'Successful' });
    await aws('wait', 'function-updated-v2', ...name);
    expect(await aws('publish-version', ...name, '--description', 'first')).toMatchObject({
      Version: '1',
      FunctionArn: `${FUNCTION_ARN}:1`,
    });
    const log = host.reply;
    host.reply = async (invocation) => ({
      ...(await log(invocation)),
      log: Buffer.from('the log'),
    });
    expect(
      await aws('invoke', '--function-name', `${FUNCTION_ARN}:1`, '--log-type', 'Tail', 'out.json'),
    ).toEqual({
      StatusCode: 200,
      ExecutedVersion: '1',
      LogResult: Buffer.from('the log').toString('base64'),
    });
    expect(JSON.parse(await readFile(join(folder, 'out.json'), 'utf8'))).toMatchObject({
      memoryMb: 1024,
      version: '1',
    });
    await expect(aws('get-function', '--function-name', 'unknown')).rejects.toMatchObject({
      stderr: expect.stringContaining('(ResourceNotFoundException)') as string,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
