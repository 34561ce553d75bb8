import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { history, type HistoryEvent } from '../../../src/api/index.ts';
import { scratch } from '../../cli/powerdial.ts';
import { reportsOf, serveHistory } from './served-history.ts';

const { file, remove } = scratch();
let close: () => Promise<void>;

beforeAll(async () => {
  const served = await serveHistory({ orders: file('orders.log', reportsOf(3)) });
  close = served.close;
  for (const [name, value] of Object.entries(served.env)) vi.stubEnv(name, value);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await close();
  remove();
});

test('history says what the logs of a function say, and tells what it will scan first', async () => {
  const events: HistoryEvent[] = [];
  const { schemaVersion, functions, spent } = await history({
    functions: ['orders'],
    onEvent: (event) => events.push(event),
  });
  expect(schemaVersion).toBe(1);
  expect(functions).toMatchObject([
    {
      function: 'orders',
      problem: null,
      history: { invocations: 3, sizes: [{ memoryMb: 512, maxMemoryUsedMb: 90 }] },
    },
  ]);
  expect(spent).toMatchObject({ by: 'insights' });
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.indexOf('estimated')).toBeGreaterThan(-1);
  expect(kinds.lastIndexOf('query-started')).toBeGreaterThan(kinds.indexOf('estimated'));
});

test('history refuses a request without a function, or with an amount or a time that is not valid, before AWS is asked', async () => {
  await expect(history({})).rejects.toThrow(/wanted a function, or --all/);
  await expect(history({ functions: ['orders'], maxUsd: -1 })).rejects.toThrow(/maxUsd/);
  await expect(history({ functions: ['orders'], since: 'long ago' })).rejects.toMatchObject({
    name: 'UsageError',
  });
});

test('a history whose signal is aborted rejects with an AbortError', async () => {
  const stopped = history({ functions: ['orders'], signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError', result: null });
});
