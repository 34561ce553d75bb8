import { expect, onTestFinished, test } from 'vitest';
import { RuntimeApi, type RuntimeSignal } from '../../../src/emulator/environment/runtime-api.ts';

const EVENT = {
  requestId: 'request-1',
  payload: Buffer.from('{"order":7}'),
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  deadlineMs: 1_795_000_000_000,
  traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
};

async function start() {
  const signals: RuntimeSignal[] = [];
  const api = await RuntimeApi.create((signal) => signals.push(signal));
  onTestFinished(() => api.close());
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`http://${api.address}/2018-06-01/runtime/${path}`, init);
  const post = async (path: string, body: string, headers = {}) => {
    const response = await call(path, { method: 'POST', body, headers });
    const answer: unknown = await response.json();
    return { status: response.status, body: answer };
  };
  /** Asks for an event and is given it. */
  const next = async (event: typeof EVENT = EVENT) => {
    const response = call('invocation/next');
    await expect.poll(() => api.idle).toBe(true);
    api.handOut(event);
    return response;
  };
  return { api, signals, call, post, next };
}

test('the Runtime API hands out an event with the documented headers', async () => {
  const { next, signals } = await start();
  const response = await next({ ...EVENT, clientContext: '{\n "name": "Zoë" }' } as typeof EVENT);
  expect(await response.text()).toBe('{"order":7}');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': 'request-1',
    'lambda-runtime-deadline-ms': '1795000000000',
    'lambda-runtime-invoked-function-arn': EVENT.functionArn,
    'lambda-runtime-trace-id': EVENT.traceId,
    'lambda-runtime-client-context': '{  "name": "Zo\\u00eb" }',
  });
  expect(signals).toEqual([{ kind: 'next' }]);
});

test('the Runtime API takes one answer for the invocation under way, and no other', async () => {
  const { api, next, post, call, signals } = await start();
  await next();
  expect((await call('invocation/next')).status).toBe(403);
  expect(await post('invocation/request-2/response', '1')).toEqual({
    status: 400,
    body: { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' },
  });
  expect(await post('invocation/request-1/response', '"done"')).toEqual({
    status: 202,
    body: { status: 'OK' },
  });
  expect((await post('invocation/request-1/response', '"again"')).status).toBe(400);
  expect((await post('invocation/request-1/error', '{}')).status).toBe(400);
  expect(signals).toEqual([
    { kind: 'next' },
    {
      kind: 'response',
      requestId: 'request-1',
      payload: Buffer.from('"done"'),
      atMs: expect.any(Number) as number,
    },
  ]);
  expect(api.idle).toBe(false);
});

test.each([
  [
    'its header',
    '{"errorType":"InBody"}',
    { 'Lambda-Runtime-Function-Error-Type': 'InHeader' },
    'InHeader',
  ],
  ['its body', '{"errorType":"InBody","errorMessage":"no"}', {}, 'InBody'],
  ['nothing', 'no JSON', {}, 'Runtime.Unknown'],
])(
  'an error that a process reports to the Runtime API has the type of %s',
  async (_, body, headers, errorType) => {
    const { next, post, signals } = await start();
    await next();
    expect((await post('invocation/request-1/error', body, headers)).status).toBe(202);
    expect(signals.at(-1)).toMatchObject({ kind: 'error', errorType, payload: Buffer.from(body) });
    expect((await post('init/error', body, headers)).status).toBe(202);
    expect(signals.at(-1)).toMatchObject({ kind: 'init-error', errorType });
  },
);

test('the Runtime API refuses an answer over 6 MB', async () => {
  const { next, post, signals } = await start();
  await next();
  expect((await post('invocation/request-1/response', 'x'.repeat(6_291_557))).status).toBe(413);
  expect(signals.at(-1)).toMatchObject({ kind: 'response', payload: null });
});

test('the Runtime API answers 404 to every other path and method', async () => {
  const { call } = await start();
  for (const [path, method] of [
    ['nothing', 'GET'],
    ['invocation/next', 'POST'],
    ['invocation/request-1/response', 'GET'],
    ['init/error', 'GET'],
  ] as const) {
    expect([path, (await call(path, { method })).status]).toEqual([path, 404]);
  }
});

test('a process that gives up waiting is no longer idle, and may ask again', async () => {
  const { api, call } = await start();
  const impatient = new AbortController();
  const first = call('invocation/next', { signal: impatient.signal });
  await expect.poll(() => api.idle).toBe(true);
  impatient.abort();
  await expect(first).rejects.toThrow();
  await expect.poll(() => api.idle).toBe(false);
  expect(() => api.handOut(EVENT)).toThrow('did not ask');
  const second = call('invocation/next');
  await expect.poll(() => api.idle).toBe(true);
  api.handOut(EVENT);
  expect((await second).status).toBe(200);
});
