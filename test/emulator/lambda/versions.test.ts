import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  paginateListVersionsByFunction,
  PublishVersionCommand,
  ResourceConflictException,
  UpdateFunctionConfigurationCommand,
  waitUntilPublishedVersionActive,
  type LambdaClient,
  type PublishVersionCommandInput,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { errorOf, fixture, FUNCTION_ARN } from './lambda-fixture.ts';

const FunctionName = 'orders';

function publish(
  client: LambdaClient,
  input: Omit<PublishVersionCommandInput, 'FunctionName'> = {},
) {
  return client.send(new PublishVersionCommand({ FunctionName, ...input }));
}

function setMemory(client: LambdaClient, MemorySize: number) {
  return client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize }));
}

function remove(client: LambdaClient, Qualifier?: string) {
  const input = Qualifier === undefined ? { FunctionName } : { FunctionName, Qualifier };
  return client.send(new DeleteFunctionCommand(input));
}

async function numbers(client: LambdaClient) {
  const answer = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
  return answer.Versions?.map((each) => each.Version);
}

function read(client: LambdaClient, Qualifier?: string) {
  return client.send(
    new GetFunctionConfigurationCommand({ FunctionName, ...(Qualifier ? { Qualifier } : {}) }),
  );
}

describe('publishing', () => {
  test('freezes $LATEST under a number of its own', async () => {
    const { client } = await fixture();
    const first = await publish(client);
    expect(first.$metadata.httpStatusCode).toBe(201);
    expect(first).toMatchObject({
      Version: '1',
      FunctionArn: `${FUNCTION_ARN}:1`,
      MemorySize: 512,
      State: 'Active',
      LastUpdateStatus: 'Successful',
    });
    await setMemory(client, 1024);
    expect((await publish(client)).Version).toBe('2');
    expect(await read(client, '1')).toMatchObject({
      MemorySize: 512,
      RevisionId: first.RevisionId,
    });
    expect(await read(client, '2')).toMatchObject({ MemorySize: 1024 });
  });

  test('a description of its own belongs to the version alone', async () => {
    const { client } = await fixture({}, { description: 'takes orders' });
    const published = await publish(client, { Description: 'run 7, 512 MB' });
    expect(published.Description).toBe('run 7, 512 MB');
    expect((await read(client)).Description).toBe('takes orders');
    await setMemory(client, 1024);
    expect((await publish(client)).Description).toBe('takes orders');
  });

  // API reference, PublishVersion: "Lambda doesn't publish a version if the function's configuration
  // and code haven't changed since the last version."
  test('nothing new returns the last version as it is', async () => {
    const { client } = await fixture();
    const first = await publish(client, { Description: 'the first' });
    const again = await publish(client, { Description: 'another' });
    expect(again).toMatchObject({
      Version: '1',
      Description: 'the first',
      RevisionId: first.RevisionId,
    });
    expect(again.$metadata.httpStatusCode).toBe(201);
    expect(await numbers(client)).toEqual(['$LATEST', '1']);
  });

  test("the function's own description counts as a change", async () => {
    const { client } = await fixture();
    await publish(client);
    await client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Description: 'changed' }),
    );
    expect((await publish(client)).Version).toBe('2');
  });

  // Recorded from AWS (LocalStack's test_function_revisions_version_and_alias, 2024).
  test('changes the revision of $LATEST, and the version has another one', async () => {
    const { client } = await fixture();
    const before = await read(client);
    const version = await publish(client, { RevisionId: before.RevisionId ?? '' });
    const after = await read(client);
    expect(new Set([before, version, after].map((each) => each.RevisionId)).size).toBe(3);
  });

  test('does not recycle the environments of $LATEST', async () => {
    const { client, host } = await fixture();
    await client.send(new InvokeCommand({ FunctionName }));
    await publish(client);
    await client.send(new InvokeCommand({ FunctionName }));
    const [before, after] = host.invocations.map((each) => each.settings.revisionId);
    expect(after).toBe(before);
    expect(host.retired).toEqual([]);
  });

  test('is guarded by revision (412) and by code (400)', async () => {
    const { client } = await fixture();
    const { CodeSha256 } = await read(client);
    const revision = await errorOf(publish(client, { RevisionId: 'wrong' }));
    expect(revision.name).toBe('PreconditionFailedException');
    const code = await errorOf(publish(client, { CodeSha256: 'wrong' }));
    expect(code.name).toBe('InvalidParameterValueException');
    expect(code.message).toBe(
      `CodeSHA256 (wrong) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
    expect(await numbers(client)).toEqual(['$LATEST']);
    expect((await publish(client, { CodeSha256: CodeSha256 ?? '' })).Version).toBe('1');
  });

  test('a version that is pending cannot be invoked yet (409)', async () => {
    const { client, clock } = await fixture({ publishDelayMs: 1000 });
    const published = await publish(client);
    expect(published).toMatchObject({ State: 'Pending', StateReasonCode: 'Creating' });
    const error = await errorOf(client.send(new InvokeCommand({ FunctionName, Qualifier: '1' })));
    expect(error).toBeInstanceOf(ResourceConflictException);
    expect(error.message).toBe(
      'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    );
    clock.nowMs += 1000;
    const waited = await waitUntilPublishedVersionActive(
      { client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
      { FunctionName, Qualifier: '1' },
    );
    expect(waited.state).toBe('SUCCESS');
    // Becoming active does not change a version's revision (recorded from AWS).
    expect((await read(client, '1')).RevisionId).toBe(published.RevisionId);
    await client.send(new InvokeCommand({ FunctionName, Qualifier: '1' }));
  });
});

describe('deleting', () => {
  test('a version takes that version alone, and its number never comes back', async () => {
    const { client, host } = await fixture();
    await publish(client);
    await setMemory(client, 1024);
    await publish(client);
    host.retired.splice(0);
    expect((await remove(client, '2')).$metadata.httpStatusCode).toBe(204);
    expect(host.retired).toEqual([`${FUNCTION_ARN}:2`]);
    expect(await numbers(client)).toEqual(['$LATEST', '1']);
    // Unchanged since version 2, but that is gone: a new one, with a new number.
    expect((await publish(client)).Version).toBe('3');
    const error = await errorOf(read(client, '2'));
    expect(error.message).toBe(`Function not found: ${FUNCTION_ARN}:2`);
  });

  test('a version that is not there is no error (recorded from AWS)', async () => {
    const { client } = await fixture();
    expect((await remove(client, '1221')).$metadata.httpStatusCode).toBe(204);
  });

  // Texts recorded from AWS.
  test.each([
    ['$LATEST', '$LATEST version cannot be deleted without deleting the function.'],
    ['live', 'Deletion of aliases is not currently supported.'],
  ])('%s cannot be named', async (qualifier, message) => {
    const { client } = await fixture();
    expect(await errorOf(remove(client, qualifier))).toMatchObject({
      name: 'InvalidParameterValueException',
      message,
    });
    await read(client);
  });

  test('without a qualifier takes the function with all its versions', async () => {
    const { client, host } = await fixture();
    await publish(client);
    await remove(client);
    expect((await errorOf(read(client))).name).toBe('ResourceNotFoundException');
    expect((await errorOf(read(client, '1'))).name).toBe('ResourceNotFoundException');
    expect((await errorOf(remove(client))).name).toBe('ResourceNotFoundException');
    expect(host.retired).toEqual([`${FUNCTION_ARN}:$LATEST`, `${FUNCTION_ARN}:1`]);
  });
});

describe('listing', () => {
  // Recorded from AWS: $LATEST comes first, with a qualified ARN; states are not listed.
  test('has $LATEST first and no states', async () => {
    const { client } = await fixture();
    await publish(client, { Description: 'the first' });
    const answer = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(answer.NextMarker).toBeUndefined();
    expect(answer.Versions).toMatchObject([
      { Version: '$LATEST', FunctionArn: `${FUNCTION_ARN}:$LATEST`, MemorySize: 512 },
      { Version: '1', FunctionArn: `${FUNCTION_ARN}:1`, Description: 'the first' },
    ]);
    for (const version of answer.Versions ?? []) {
      expect(version.State).toBeUndefined();
      expect(version.LastUpdateStatus).toBeUndefined();
    }
  });

  // API reference: "at most 50 items in each response, even if you set the number higher".
  test.each([
    [undefined, [50, 12]],
    [100, [50, 12]],
    [25, [25, 25, 12]],
  ])('comes in pages: MaxItems %s', async (pageSize, sizes) => {
    const { client } = await fixture();
    const expected = ['$LATEST'];
    for (let number = 1; number <= 61; number += 1) {
      await setMemory(client, 128 + number);
      await publish(client);
      expected.push(String(number));
    }
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateListVersionsByFunction(
      pageSize === undefined ? { client } : { client, pageSize },
      { FunctionName },
    )) {
      pages.push((page.Versions ?? []).map((each) => each.Version));
    }
    expect(pages.map((page) => page.length)).toEqual(sizes);
    expect(pages.flat()).toEqual(expected);
  });

  test.each([
    [{ MaxItems: 0 }, 'ValidationException'],
    [{ Marker: '2' }, 'InvalidParameterValueException'],
  ])('refuses %j', async (input, name) => {
    const { client } = await fixture();
    const call = new ListVersionsByFunctionCommand({ FunctionName, ...input });
    expect((await errorOf(client.send(call))).name).toBe(name);
  });
});
