import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListFunctionsCommand,
  PreconditionFailedException,
  PublishVersionCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { echoHost } from './echo-host.ts';
import { errorOf, fixture, FUNCTION_ARN, ORDERS } from './lambda-fixture.ts';

const read = (FunctionName: string, Qualifier?: string) =>
  new GetFunctionConfigurationCommand({ FunctionName, ...(Qualifier ? { Qualifier } : {}) });
const update = (input: Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'>) =>
  new UpdateFunctionConfigurationCommand({ FunctionName: 'orders', ...input });

describe('reading', () => {
  // Members and values as AWS answered for a new function (LocalStack's recorded snapshots, 2024-04).
  test('a function has the members that Lambda gives it', async () => {
    const { client } = await fixture({}, { description: 'takes orders' });
    const { $metadata, RevisionId, CodeSha256, ...rest } = await client.send(read('orders'));
    expect($metadata.httpStatusCode).toBe(200);
    expect(RevisionId).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(CodeSha256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(rest).toEqual({
      FunctionName: 'orders',
      FunctionArn: FUNCTION_ARN,
      Runtime: 'nodejs24.x',
      Role: 'arn:aws:iam::123456789012:role/embedded',
      Handler: 'index.handler',
      CodeSize: 0,
      Description: 'takes orders',
      Timeout: 30,
      MemorySize: 512,
      LastModified: '2026-11-21T00:00:00.000+0000',
      Version: '$LATEST',
      TracingConfig: { Mode: 'PassThrough' },
      PackageType: 'Zip',
      Architectures: ['arm64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/orders' },
      State: 'Active',
      LastUpdateStatus: 'Successful',
    });
  });

  test('GetFunction wraps the same configuration', async () => {
    const { client } = await fixture();
    const { $metadata, ...configuration } = await client.send(read('orders'));
    expect($metadata.httpStatusCode).toBe(200);
    const answer = await client.send(new GetFunctionCommand({ FunctionName: 'orders' }));
    expect(answer.Configuration).toEqual(configuration);
    expect(answer.Code).toBeDefined();
    expect(answer.Concurrency).toBeUndefined();
  });

  test.each([
    ['name', 'orders', FUNCTION_ARN],
    ['name with a qualifier', 'orders:$LATEST', `${FUNCTION_ARN}:$LATEST`],
    ['partial ARN', '123456789012:function:orders', FUNCTION_ARN],
    ['partial ARN with a qualifier', '123456789012:function:orders:1', `${FUNCTION_ARN}:1`],
    ['ARN', FUNCTION_ARN, FUNCTION_ARN],
    ['ARN with a qualifier', `${FUNCTION_ARN}:1`, `${FUNCTION_ARN}:1`],
  ])('by %s', async (_form, functionName, arn) => {
    const { client } = await fixture();
    await client.send(new PublishVersionCommand({ FunctionName: 'orders' }));
    expect((await client.send(read(functionName))).FunctionArn).toBe(arn);
  });

  test('by a name and a qualifier that agree', async () => {
    const { client } = await fixture();
    const answer = await client.send(read('orders:$LATEST', '$LATEST'));
    expect(answer.FunctionArn).toBe(`${FUNCTION_ARN}:$LATEST`);
  });

  // Texts recorded from AWS.
  test.each([
    ['unknown', undefined, `Function not found: ${FUNCTION_ARN.replace('orders', 'unknown')}`],
    ['orders', '7', `Function not found: ${FUNCTION_ARN}:7`],
    ['orders', 'live', `Cannot find alias arn: ${FUNCTION_ARN}:live`],
    [
      FUNCTION_ARN.replace('eu-west-1', 'us-east-2'),
      undefined,
      "Functions from 'us-east-2' are not reachable in this region ('eu-west-1')",
    ],
    [
      FUNCTION_ARN.replace('123456789012', '210987654321'),
      undefined,
      `Function not found: ${FUNCTION_ARN.replace('123456789012', '210987654321')}`,
    ],
  ])('of %s %s is a 404', async (functionName, qualifier, message) => {
    const { client } = await fixture();
    const error = await errorOf(client.send(read(functionName, qualifier)));
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error.$metadata.httpStatusCode).toBe(404);
    // An unknown name says nothing about a region; the endpoint then assumes its default one.
    expect(error.message.replace('us-east-1', 'eu-west-1')).toBe(message);
  });

  test('a qualifier other than the one in the name is refused', async () => {
    const { client } = await fixture();
    const error = await errorOf(client.send(read('orders:1', '2')));
    expect(error.name).toBe('InvalidParameterValueException');
    expect(error.message).toBe(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  });

  test('what is no function name is refused', async () => {
    const { client } = await fixture();
    const error = await errorOf(client.send(read('no such name')));
    expect(error.name).toBe('ValidationException');
    expect(error.message).toContain("Value 'no such name' at 'functionName'");
  });

  test('functions are listed, also those that came later', async () => {
    const { client, endpoint, host } = await fixture();
    expect(endpoint.addFunction({ ...ORDERS, name: 'invoices', host })).toBe(
      FUNCTION_ARN.replace('orders', 'invoices'),
    );
    const listed = await client.send(new ListFunctionsCommand({}));
    expect(listed.Functions?.map((each) => each.FunctionArn)).toEqual([
      FUNCTION_ARN.replace('orders', 'invoices'),
      FUNCTION_ARN,
    ]);
  });

  test.each([
    [{ name: 'orders' }, 'there is one of that name already'],
    [{ name: 'a b' }, 'wanted a name of 1 to 64 letters, digits, - and _'],
    [{ name: 'big', memoryMb: 4096 }, 'this machine has 1 CPU'],
  ])('a function that cannot be offered is refused: %j', async (definition, reason) => {
    const { endpoint } = await fixture();
    const host = echoHost({ maxMemoryMb: 1769 });
    expect(() => endpoint.addFunction({ ...ORDERS, host, ...definition })).toThrow(reason);
  });
});

describe('updating', () => {
  test('changes what is given and nothing else', async () => {
    const { client } = await fixture({}, { description: 'takes orders', environment: { A: '1' } });
    const before = await client.send(read('orders'));
    const answer = await client.send(
      update({
        MemorySize: 1024,
        EphemeralStorage: { Size: 1024 },
        Environment: { Variables: {} },
      }),
    );
    const after = await client.send(read('orders'));
    expect(after).toEqual({
      ...before,
      $metadata: after.$metadata,
      RevisionId: answer.RevisionId,
      MemorySize: 1024,
      EphemeralStorage: { Size: 1024 },
      Environment: { Variables: {} },
    });
    expect(answer.RevisionId).not.toBe(before.RevisionId);
  });

  test('with the same values changes the revision all the same (recorded from AWS)', async () => {
    const { client } = await fixture();
    const before = await client.send(read('orders'));
    const after = await client.send(update({ MemorySize: 512 }));
    expect(after.RevisionId).not.toBe(before.RevisionId);
  });

  test('a description can be taken away', async () => {
    const { client } = await fixture({}, { description: 'takes orders' });
    expect((await client.send(update({ Description: '' }))).Description).toBe('');
  });

  test('log settings change one by one, and levels come and go with JSON', async () => {
    const { client, host } = await fixture();
    const json = await client.send(update({ LoggingConfig: { LogFormat: 'JSON' } }));
    expect(json.LoggingConfig).toEqual({
      LogFormat: 'JSON',
      ApplicationLogLevel: 'INFO',
      SystemLogLevel: 'INFO',
      LogGroup: '/aws/lambda/orders',
    });
    await client.send(update({ LoggingConfig: { ApplicationLogLevel: 'ERROR' } }));
    const level = await client.send(update({ LoggingConfig: { SystemLogLevel: 'WARN' } }));
    expect(level.LoggingConfig).toMatchObject({
      LogFormat: 'JSON',
      ApplicationLogLevel: 'ERROR',
      SystemLogLevel: 'WARN',
    });
    await client.send(new InvokeCommand({ FunctionName: 'orders' }));
    expect(host.invocations[0]?.settings).toMatchObject({
      logFormat: 'JSON',
      systemLogLevel: 'WARN',
    });
    const text = await client.send(update({ LoggingConfig: { LogFormat: 'Text' } }));
    expect(text.LoggingConfig).toEqual({ LogFormat: 'Text', LogGroup: '/aws/lambda/orders' });
    const error = await errorOf(
      client.send(update({ LoggingConfig: { SystemLogLevel: 'DEBUG' } })),
    );
    expect(error.name).toBe('InvalidParameterValueException');
  });

  // Texts as AWS prints them (public logs); bounds of the API model and the Lambda quotas.
  test.each<[Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'>, string]>([
    [
      { MemorySize: 64 },
      "1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    ],
    [
      { MemorySize: 40_000 },
      "1 validation error detected: Value '40000' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 32768",
    ],
    [
      { MemorySize: 3009 },
      "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 3008",
    ],
    [
      { Timeout: 901 },
      "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    [
      { MemorySize: 127, Timeout: 0 },
      "2 validation errors detected: Value '127' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128; Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      { EphemeralStorage: { Size: 511 } },
      "1 validation error detected: Value '511' at 'ephemeralStorage.size' failed to satisfy constraint: Member must have value greater than or equal to 512",
    ],
    [
      { Description: 'x'.repeat(257) },
      `1 validation error detected: Value '${'x'.repeat(257)}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 256`,
    ],
  ])('out of bounds is refused and changes nothing: %j', async (input, message) => {
    const { client } = await fixture({ maxMemoryMb: 3008 });
    const before = await client.send(read('orders'));
    const error = await errorOf(client.send(update(input)));
    expect(error).toMatchObject({ name: 'ValidationException', message });
    expect(error.$metadata.httpStatusCode).toBe(400);
    expect((await client.send(read('orders'))).RevisionId).toBe(before.RevisionId);
  });

  test("a host's cap is an account's cap with the host's reason", async () => {
    const { client } = await fixture({}, { host: echoHost({ maxMemoryMb: 1769 }) });
    const error = await errorOf(client.send(update({ MemorySize: 1770 })));
    expect(error.message).toBe(
      "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 1769 (this machine has 1 CPU)",
    );
  });

  test.each<[string, Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'>]>([
    ['VpcConfig', { VpcConfig: { SubnetIds: ['subnet-1'] } }],
    ['Handler', { Handler: 'other.handler' }],
    ['4KB', { Environment: { Variables: { BIG: 'x'.repeat(4096) } } }],
  ])('a setting that the endpoint could only ignore is refused: %s', async (word, input) => {
    const { client } = await fixture();
    const error = await errorOf(client.send(update(input)));
    expect(error.name).toBe('InvalidParameterValueException');
    expect(error.message).toContain(word);
  });

  test('a version cannot be updated', async () => {
    const { client } = await fixture();
    await client.send(new PublishVersionCommand({ FunctionName: 'orders' }));
    const call = new UpdateFunctionConfigurationCommand({
      FunctionName: 'orders:1',
      MemorySize: 1024,
    });
    const error = await errorOf(client.send(call));
    expect(error.message).toContain('Aliases and versions do not support this operation');
  });

  test('needs the latest revision where one is given (412)', async () => {
    const { client } = await fixture();
    const first = await client.send(read('orders'));
    const second = await client.send(
      update({ MemorySize: 1024, RevisionId: first.RevisionId ?? '' }),
    );
    const stale = update({ MemorySize: 2048, RevisionId: first.RevisionId ?? '' });
    const error = await errorOf(client.send(stale));
    expect(error).toBeInstanceOf(PreconditionFailedException);
    expect(error.$metadata.httpStatusCode).toBe(412);
    expect(error.message).toBe(
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    );
    const now = await client.send(read('orders'));
    expect(now).toMatchObject({ MemorySize: 1024, RevisionId: second.RevisionId });
  });
});

describe('while an update is in progress', () => {
  test('nothing else changes, invocations keep the old configuration, and its end is a new revision', async () => {
    const { client, host, clock } = await fixture({ updateDelayMs: 1000 });
    const updated = await client.send(update({ MemorySize: 1024 }));
    expect(updated).toMatchObject({
      MemorySize: 1024,
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReasonCode: 'Creating',
    });
    for (const call of [
      () => client.send(update({ MemorySize: 2048 })),
      () => client.send(new PublishVersionCommand({ FunctionName: 'orders' })),
    ]) {
      const error = await errorOf(call());
      expect(error).toBeInstanceOf(ResourceConflictException);
      expect(error.$metadata.httpStatusCode).toBe(409);
      expect(error.message).toBe(
        `The operation cannot be performed at this time. An update is in progress for resource: ${FUNCTION_ARN}`,
      );
    }
    await client.send(new InvokeCommand({ FunctionName: 'orders' }));
    expect(host.retired).toEqual([]);

    clock.nowMs += 999;
    expect((await client.send(read('orders'))).RevisionId).toBe(updated.RevisionId);
    clock.nowMs += 1;
    const finished = await client.send(read('orders'));
    expect(finished).toMatchObject({ MemorySize: 1024, LastUpdateStatus: 'Successful' });
    expect(finished.LastUpdateStatusReason).toBeUndefined();
    expect(finished.RevisionId).not.toBe(updated.RevisionId);
    expect(host.retired).toEqual([`${FUNCTION_ARN}:$LATEST`]);

    await client.send(new InvokeCommand({ FunctionName: 'orders' }));
    expect(host.invocations.map((each) => each.settings.memoryMb)).toEqual([512, 1024]);
    const [before, after] = host.invocations.map((each) => each.settings.revisionId);
    expect(after).not.toBe(before);
  });

  test("the SDK's waiter waits for its end", async () => {
    const { client } = await fixture({ updateDelayMs: 5, now: Date.now });
    await client.send(update({ MemorySize: 1024 }));
    const waited = await waitUntilFunctionUpdatedV2(
      { client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
      { FunctionName: 'orders' },
    );
    expect(waited.state).toBe('SUCCESS');
  });
});
