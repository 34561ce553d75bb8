import { expect, test } from 'vitest';
import { invoke, startHost } from './start-host.ts';

test('nodejs24.x refuses a handler that takes a callback, and nodejs22.x calls it', async () => {
  const older = await startHost('callback.cjs', { runtime: 'nodejs22.x' });
  expect((await invoke(older)).text).toBe('"called back"');
  const newer = await startHost('callback.cjs', { runtime: 'nodejs24.x' });
  const { functionError, json } = await invoke(newer);
  expect(functionError).toBe('Unhandled');
  expect(json).toMatchObject({
    errorType: 'Runtime.CallbackHandlerDeprecated',
    errorMessage: expect.stringContaining('callback.handler takes a callback') as string,
  });
});

test('nodejs24.x has no way to answer by the context', async () => {
  const host = await startHost('callback.cjs#methods', { runtime: 'nodejs24.x' });
  expect((await invoke(host)).text).toBe('[]');
});
