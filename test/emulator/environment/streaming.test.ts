import {
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  type InvokeWithResponseStreamCompleteEvent,
} from '@aws-sdk/client-lambda';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startLambdaEndpoint } from '../../../src/emulator/lambda/endpoint.ts';
import { lambdaClient, ORDERS } from '../lambda/lambda-fixture.ts';
import { startHost } from './start-host.ts';

/** The real SDK at an endpoint with the handler of this name, run as a real process. */
async function serveHandler(exportName: string) {
  const host = await startHost(`streaming.mjs#${exportName}`);
  const endpoint = await startLambdaEndpoint({ functions: [{ ...ORDERS, host }] });
  const client = lambdaClient(endpoint.url);
  onTestFinished(async () => {
    client.destroy();
    await endpoint.close();
  });
  const input = (event: unknown) => ({
    FunctionName: 'orders',
    LogType: 'Tail' as const,
    Payload: JSON.stringify(event),
  });
  return {
    invoke: (event: unknown = {}) => client.send(new InvokeCommand(input(event))),
    stream: async (event: unknown = {}) => {
      const answer = await client.send(new InvokeWithResponseStreamCommand(input(event)));
      const chunks: Uint8Array[] = [];
      let end: InvokeWithResponseStreamCompleteEvent | undefined;
      for await (const each of answer.EventStream ?? []) {
        if (each.PayloadChunk?.Payload !== undefined) chunks.push(each.PayloadChunk.Payload);
        if (each.InvokeComplete !== undefined) end = each.InvokeComplete;
      }
      return { version: answer.ExecutedVersion, body: Buffer.concat(chunks), end };
    },
  };
}

describe('a handler that streams its answer', () => {
  test('is answered to Invoke as a whole, and to InvokeWithResponseStream in events, with its log', async () => {
    const { invoke, stream } = await serveHandler('handler');
    const whole = 'one two {"id":7,"memory":"512"}';
    const answer = await invoke({ id: 7 });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload?.transformToString()).toBe(whole);
    const { version, body, end } = await stream({ id: 7 });
    expect({ version, body: body.toString() }).toEqual({ version: '$LATEST', body: whole });
    expect(end?.ErrorCode).toBeUndefined();
    expect(Buffer.from(end?.LogResult ?? '', 'base64').toString()).toMatch(/^REPORT RequestId: /m);
  });

  test('puts status and headers in front of its body, behind them eight zero bytes', async () => {
    const { stream } = await serveHandler('http');
    const { body } = await stream();
    expect(body.toString('latin1')).toBe(`{"statusCode":201}${'\0'.repeat(8)}created`);
  });

  test('may answer more than 6 MB as a stream, and no more than that to Invoke', async () => {
    const { invoke, stream } = await serveHandler('large');
    const { body, end } = await stream({ mb: 9 });
    expect(body.equals(Buffer.alloc(9 * 2 ** 20, 'x'))).toBe(true);
    expect(end?.ErrorCode).toBeUndefined();
    const answer = await invoke({ mb: 9 });
    expect(answer.FunctionError).toBe('Unhandled');
    expect(answer.Payload?.transformToString()).toContain('Function.ResponseSizeTooLarge');
  });

  test('fails like any other before its first byte', async () => {
    const { invoke, stream } = await serveHandler('throwsBefore');
    const answer = await invoke();
    expect(answer.FunctionError).toBe('Unhandled');
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'before the first byte',
    });
    const { body, end } = await stream();
    expect(body).toHaveLength(0);
    expect(end?.ErrorCode).toBe('TypeError');
    expect(JSON.parse(end?.ErrorDetails ?? '')).toMatchObject({ errorType: 'TypeError' });
  });

  test('fails behind what it has written', async () => {
    const { invoke, stream } = await serveHandler('throwsBetween');
    const { body, end } = await stream();
    expect(body.toString()).toBe('half');
    expect(end?.ErrorCode).toBe('TypeError');
    expect(end?.ErrorDetails).toContain('between two bytes');
    expect((await invoke()).FunctionError).toBe('Unhandled');
  });
});
