import { expect, test } from 'vitest';
import { invoke, startHost } from './start-host.ts';

test.each([
  ['top-level await', 'awaitsAtTopLevel', { table: 'orders' }],
  ['worker threads', 'startsWorkers', [2, 4]],
  ['an interval that stays open', 'leavesIntervalOpen', 'answered'],
  [
    'the http endpoint of the Serverless Framework',
    'simpleHttp',
    { statusCode: 200, body: '{"message":"Go Serverless v4!","input":{"id":7}}' },
  ],
])('a handler with %s is answered as on Lambda, again and again', async (_, exportName, answer) => {
  const host = await startHost(`samples.mjs#${exportName}`);
  for (const _time of ['first', 'second']) {
    const reply = await invoke(host, { event: { id: 7 } });
    expect(reply.functionError).toBeNull();
    expect(reply.json).toEqual(answer);
  }
});

test('a bundle whose exports are getters is loaded', async () => {
  expect((await invoke(await startHost('getters.cjs'), {})).json).toBe('bundled');
});

test('an answer that has no JSON is an error, named as Lambda’s runtime names it', async () => {
  const reply = await invoke(await startHost('samples.mjs#answersBigInt'), {});
  expect(reply.functionError).toBe('Unhandled');
  expect(reply.json['errorMessage']).toBe('Unable to stringify response body');
});
