import path from 'node:path';
import { expect, test } from 'vitest';
import { HANDLERS, invoke, startHost } from './start-host.ts';

test('an executable of any language speaks the Runtime API', async () => {
  const host = await startHost('own-runtime');
  const { requestId, functionError, json, log } = await invoke(host, { event: {} });
  expect(functionError).toBeNull();
  expect(json).toMatchObject({
    headers: {
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-invoked-function-arn':
        'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      'lambda-runtime-deadline-ms': expect.stringMatching(/^\d{13}$/) as string,
      'lambda-runtime-trace-id': expect.stringMatching(
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
      ) as string,
    },
    cwd: path.join(HANDLERS, 'own-runtime'),
    handler: 'bootstrap',
  });
  // Both streams, in the order of writing, also where one is opened by name; the last line is ended.
  expect(log).toContain(
    `START RequestId: ${requestId} Version: $LATEST\nto standard output\nto standard error by name\nEND`,
  );
  expect(log).toContain('INIT_START Runtime Version: provided:al2023');
});

test('an error that a bootstrap reports is passed on as its own', async () => {
  const host = await startHost('own-runtime');
  const { functionError, text, report } = await invoke(host, { event: { wanted: 'error' } });
  expect(functionError).toBe('Unhandled');
  expect(text).toBe('{"errorType":"Bad.Day","errorMessage":"no luck"}');
  expect(report).not.toHaveProperty('Status');
});

test('the answer of a bootstrap is passed on as it is', async () => {
  const host = await startHost('own-runtime');
  const { text } = await invoke(host, { event: { wanted: 'not json' } });
  expect(text).toBe('<p>plain bytes</p>');
});

test('a process that ends after its answer has answered', async () => {
  const host = await startHost('own-runtime');
  expect((await invoke(host, { event: { wanted: 'then exit' } })).functionError).toBeNull();
  const second = await invoke(host, { event: {} });
  expect(second.functionError).toBeNull();
  expect(second.log).not.toContain('INIT_START');
});

test('a process that never asks for more has timed out, answer or not', async () => {
  const host = await startHost('own-runtime');
  const { json, report } = await invoke(host, {
    event: { wanted: 'then hang' },
    settings: { timeoutSeconds: 1 },
  });
  expect(json).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(report).toMatchObject({ Status: 'timeout' });
});

test('a process that ends without an answer is an exit, and its last words are in the log', async () => {
  const host = await startHost('exits-at-once');
  const { requestId, json, log } = await invoke(host);
  expect(json).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 5`,
  });
  expect(log.match(/^no runtime here$/gm)).toHaveLength(2);
});
