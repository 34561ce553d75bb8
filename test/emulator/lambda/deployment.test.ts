import { createHash } from 'node:crypto';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  type LambdaClient,
  type UpdateFunctionCodeCommandInput,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { errorOf, fixture, FUNCTION_ARN } from './lambda-fixture.ts';

const FunctionName = 'orders';
const ZipFile = Buffer.from('other code');
const CODE_SHA256 = createHash('sha256').update(ZipFile).digest('base64');

function deploy(client: LambdaClient, input: Partial<UpdateFunctionCodeCommandInput> = {}) {
  return client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, ...input }));
}

test('a deployment changes hash and revision, and recycles environments', async () => {
  const { client, host } = await fixture();
  const before = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const after = await deploy(client, { RevisionId: before.RevisionId });
  expect(after.CodeSha256).toBe(CODE_SHA256);
  expect(after.RevisionId).not.toBe(before.RevisionId);
  expect(after.MemorySize).toBe(before.MemorySize);
  expect(host.retired).toEqual([`${FUNCTION_ARN}:$LATEST`]);
});

test('a version keeps the code that it was published with', async () => {
  const { client } = await fixture();
  const { CodeSha256 } = await client.send(new PublishVersionCommand({ FunctionName }));
  expect(CodeSha256).not.toBe(CODE_SHA256);
  const second = await deploy(client, { Publish: true });
  expect(second).toMatchObject({ Version: '2', CodeSha256: CODE_SHA256 });
  const first = new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '1' });
  expect((await client.send(first)).CodeSha256).toBe(CodeSha256);
  const guarded = new PublishVersionCommand({ FunctionName, CodeSha256 });
  expect((await errorOf(client.send(guarded))).name).toBe('InvalidParameterValueException');
});

test('an old revision is a 412, no code a 400, a dry run changes nothing', async () => {
  const { client } = await fixture();
  expect((await errorOf(deploy(client, { RevisionId: 'old' }))).$metadata.httpStatusCode).toBe(412);
  expect((await errorOf(deploy(client, { ZipFile: undefined }))).message).toBe(
    'Please provide a source for function code.',
  );
  expect((await deploy(client, { DryRun: true })).CodeSha256).toBe(CODE_SHA256);
  const now = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(now.CodeSha256).not.toBe(CODE_SHA256);
});

test('while a deployment is in progress, invocations run and other changes wait', async () => {
  const { client, clock } = await fixture({ updateDelayMs: 1000 });
  expect((await deploy(client)).LastUpdateStatus).toBe('InProgress');
  expect((await client.send(new InvokeCommand({ FunctionName }))).StatusCode).toBe(200);
  expect((await errorOf(deploy(client))).$metadata.httpStatusCode).toBe(409);
  clock.nowMs += 1000;
  const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:0';
  await deploy(client, { ZipFile: undefined, ImageUri: image });
});
