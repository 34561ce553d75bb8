import { expect, test } from 'vitest';
import type { InvokeReply } from '../../../../src/contract/shared/invoke-calls.ts';
import { waitForShare } from '../../../../src/api/shared/handler/wait-for-share.ts';

test.each([
  ['a trial, which is alone, is waited for as it asks', 25_000, 25_000],
  ['an invocation that others may keep waiting is waited for longer', 75_000, 675_000],
])('%s', async (_, waitMs, expected) => {
  const waits: number[] = [];
  const call = waitForShare((request) => {
    waits.push(request.waitMs);
    return Promise.resolve<InvokeReply>({ kind: 'lost', cause: 'only the wait is looked at' });
  });
  await call({ functionName: 'orders', payload: '{}', waitMs });
  expect(waits).toEqual([expected]);
});
