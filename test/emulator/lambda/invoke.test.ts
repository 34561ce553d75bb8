import {
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type InvokeCommandInput,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { errorOf, fixture, FUNCTION_ARN } from './lambda-fixture.ts';

const FunctionName = 'orders';
const MIB = 2 ** 20;

function invoke(client: LambdaClient, input: Partial<InvokeCommandInput> = {}) {
  return client.send(new InvokeCommand({ FunctionName, ...input }));
}

/** A JSON string of exactly so many bytes. */
function jsonOf(bytes: number): Buffer {
  return Buffer.from(JSON.stringify('x'.repeat(bytes - 2)));
}

test('an invocation reaches the host with its settings and comes back with its answer', async () => {
  const { client, host } = await fixture({}, { environment: { STAGE: 'test' } });
  const context = Buffer.from('{"client":{"app_title":"shop"}}').toString('base64');
  const answer = await invoke(client, { Payload: '{"id":1}', ClientContext: context });
  expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(answer.FunctionError).toBeUndefined();
  expect(answer.LogResult).toBeUndefined();
  expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({
    memoryMb: 512,
    version: '$LATEST',
    invokedFunctionArn: FUNCTION_ARN,
    event: { id: 1 },
  });
  expect(host.invocations).toHaveLength(1);
  expect(host.invocations[0]).toMatchObject({
    requestId: answer.$metadata.requestId,
    clientContext: '{"client":{"app_title":"shop"}}',
    settings: {
      functionName: 'orders',
      functionArn: FUNCTION_ARN,
      version: '$LATEST',
      memoryMb: 512,
      timeoutSeconds: 30,
      ephemeralStorageMb: 512,
      environment: { STAGE: 'test' },
      logFormat: 'Text',
      systemLogLevel: 'INFO',
      logGroup: '/aws/lambda/orders',
    },
  });
});

test('the bytes of the payload are not touched', async () => {
  const { client, host } = await fixture();
  const payload = '{ "price": 1.10, "name": "Jürgen 🚲" }\n';
  await invoke(client, { Payload: payload });
  expect(host.invocations[0]?.payload.toString()).toBe(payload);
});

test('no payload is an empty event', async () => {
  const { client, host } = await fixture();
  await invoke(client);
  expect(host.invocations[0]?.payload.toString()).toBe('{}');
});

test('a version runs with what it was published with', async () => {
  const { client, host } = await fixture();
  await client.send(new PublishVersionCommand({ FunctionName }));
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 2048 }));
  const answer = await invoke(client, { Qualifier: '1' });
  expect(answer.ExecutedVersion).toBe('1');
  expect(host.invocations[0]?.settings).toMatchObject({ version: '1', memoryMb: 512 });
  expect(host.invocations[0]?.invokedFunctionArn).toBe(`${FUNCTION_ARN}:1`);
});

test('an error of the function is an answer with FunctionError', async () => {
  const { client, host } = await fixture();
  host.reply = () => ({
    payload: Buffer.from('{"errorType":"Error","errorMessage":"no stock"}'),
    functionError: 'Unhandled',
    log: Buffer.alloc(0),
  });
  const answer = await invoke(client);
  expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
  expect(answer.Payload?.transformToString()).toBe(
    '{"errorType":"Error","errorMessage":"no stock"}',
  );
});

// API reference, Invoke: LogResult is "the last 4 KB of the execution log, which is base64-encoded".
test('LogType Tail brings the last 4 KB of the log', async () => {
  const { client, host } = await fixture();
  const log = Buffer.from(`${'ä'.repeat(5000)}END\n`);
  host.reply = () => ({ payload: Buffer.from('null'), functionError: null, log });
  const answer = await invoke(client, { LogType: 'Tail' });
  const tail = Buffer.from(answer.LogResult ?? '', 'base64');
  expect(tail.length).toBe(4096);
  expect(tail.equals(log.subarray(-4096))).toBe(true);
  expect((await invoke(client, { LogType: 'None' })).LogResult).toBeUndefined();
});

describe('limits (Lambda quotas: 6 MB each way, 1 MB for events)', () => {
  test('a request of 6 MB passes, a byte more is a 413', async () => {
    const { client, host } = await fixture();
    host.reply = () => ({ payload: Buffer.from('1'), functionError: null, log: Buffer.alloc(0) });
    await invoke(client, { Payload: jsonOf(6 * MIB) });
    const error = await errorOf(invoke(client, { Payload: jsonOf(6 * MIB + 1) }));
    expect(error).toMatchObject({
      name: 'RequestEntityTooLargeException',
      message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    });
    expect(error.$metadata.httpStatusCode).toBe(413);
    expect(host.invocations).toHaveLength(1);
  });

  test('an event of 1 MB passes, a byte more is a 413', async () => {
    const { client } = await fixture();
    const event = (bytes: number) =>
      invoke(client, { InvocationType: 'Event', Payload: jsonOf(bytes) });
    expect((await event(MIB)).StatusCode).toBe(202);
    const error = await errorOf(event(MIB + 1));
    expect(error).toMatchObject({
      name: 'RequestEntityTooLargeException',
      message:
        '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    });
    expect(error.$metadata.httpStatusCode).toBe(413);
  });

  test('a response above 6 MB is an error of the function', async () => {
    const { client, host } = await fixture();
    const reply = (bytes: number) => () => ({
      payload: jsonOf(bytes),
      functionError: null,
      log: Buffer.alloc(0),
    });
    host.reply = reply(6 * MIB + 100);
    expect((await invoke(client)).Payload?.length).toBe(6 * MIB + 100);
    host.reply = reply(7_340_060);
    const answer = await invoke(client);
    expect(answer.FunctionError).toBe('Unhandled');
    // The text that AWS gives (aws-lambda-dotnet's tests of the service).
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage:
        'Response payload size (7340060 bytes) exceeded maximum allowed payload size (6291556 bytes).',
    });
  });
});

test('an event is accepted and runs', async () => {
  const { client, host } = await fixture();
  let open = (): void => undefined;
  host.gate = new Promise((resolve) => (open = resolve));
  const answer = await invoke(client, { InvocationType: 'Event', Payload: '{"id":2}' });
  expect(answer.StatusCode).toBe(202);
  expect(host.invocations[0]?.payload.toString()).toBe('{"id":2}');
  open();
});

test('a dry run checks and runs nothing', async () => {
  const { client, host } = await fixture();
  expect((await invoke(client, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
  expect(host.invocations).toHaveLength(0);
  const missing = errorOf(invoke(client, { InvocationType: 'DryRun', FunctionName: 'unknown' }));
  expect((await missing).name).toBe('ResourceNotFoundException');
});

test.each<[string, Partial<InvokeCommandInput>, number, string]>([
  ['a payload that is no JSON', { Payload: '{id:1}' }, 400, 'InvalidRequestContentException'],
  ['a context that is no JSON', { ClientContext: 'e2lk' }, 400, 'InvalidRequestContentException'],
  [
    'a context too long',
    { ClientContext: Buffer.from(`"${'x'.repeat(3000)}"`).toString('base64') },
    400,
    'InvalidRequestContentException',
  ],
  ['an unknown type', { InvocationType: 'Later' as 'Event' }, 400, 'ValidationException'],
  ['an unknown kind of log', { LogType: 'All' as 'Tail' }, 400, 'ValidationException'],
  ['an unknown function', { FunctionName: 'unknown' }, 404, 'ResourceNotFoundException'],
  ['an unknown version', { Qualifier: '9' }, 404, 'ResourceNotFoundException'],
  ['an unknown alias', { Qualifier: 'live' }, 404, 'ResourceNotFoundException'],
])('%s is refused and runs nothing', async (_name, input, status, code) => {
  const { client, host } = await fixture();
  const error = await errorOf(invoke(client, input));
  expect(error.name).toBe(code);
  expect(error.$metadata.httpStatusCode).toBe(status);
  expect(host.invocations).toHaveLength(0);
});

// Jackson's words, as AWS prints them: the first bytes from users' reports (aws-lambda-developer-guide issue
// 382, aws-waf-ipset-auto-update-aws-ip-ranges issue 1), the others by the table of RFC 3629.
test.each([
  ['a byte that no character begins with', [0x97], 'start byte 0x97'],
  ['a byte of the range that UTF-8 left', [0xff], 'start byte 0xff'],
  ['a character that breaks off', [0xe9, 0x28, 0x29], 'middle byte 0x28'],
  ['an overlong slash', [0xc0, 0xaf], 'start byte 0xc0'],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80], 'middle byte 0xa0'],
])('Invoke refuses a payload with %s', async (_name, bytes, said) => {
  const { client, host } = await fixture();
  const Payload = Buffer.from([0x22, 0xc3, 0xbc, ...bytes, 0x22]);
  const error = await errorOf(invoke(client, { Payload }));
  expect(error).toMatchObject({
    name: 'InvalidRequestContentException',
    message: `Could not parse request body into json: Could not parse payload into json: Invalid UTF-8 ${said}`,
  });
  expect(host.invocations).toHaveLength(0);
});

test('Invoke names every value that it does not know in one answer', async () => {
  const { client } = await fixture();
  const odd = invoke(client, { LogType: 'All' as 'Tail', InvocationType: 'Later' as 'Event' });
  expect((await errorOf(odd)).message).toBe(
    "2 validation errors detected: Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]; Value 'All' at 'logType' failed to satisfy constraint: Member must satisfy enum value set: [None, Tail]",
  );
});

test('a host that fails is a fault of the service, not of the function', async () => {
  const { client, host } = await fixture();
  host.reply = () => {
    throw new Error('no process could be started');
  };
  const error = await errorOf(invoke(client));
  expect(error.name).toBe('ServiceException');
  expect(error.$metadata.httpStatusCode).toBe(500);
  expect(error.message).toContain('no process could be started');
  // The place that it took is free again.
  host.reply = () => ({ payload: Buffer.from('1'), functionError: null, log: Buffer.alloc(0) });
  expect((await invoke(client)).StatusCode).toBe(200);
});
