import { afterAll, expect, test } from 'vitest';
import { check, type CheckEvent } from '../../../src/api/index.ts';
import { scratch } from '../../cli/powerdial.ts';

const { file, remove } = scratch();
afterAll(remove);

const HANDLER = file('quick.mjs', 'export const handler = async (event) => event;');
const FEW = { maxInvocations: 20, seed: 5 };

test('check judges a handler by its budgets, and tells what it does', async () => {
  const events: CheckEvent[] = [];
  const result = await check({
    local: { head: HANDLER },
    memoryMb: 256,
    config: { ...FEW, budgets: { 'memory.used': { max: '1 MB', level: 'error' } } },
    onEvent: (event) => events.push(event),
  });
  expect(result).toMatchObject({
    schemaVersion: 1,
    passed: false,
    verdict: 'fail',
    functions: [{ head: { key: { memoryMb: 256 } }, base: null }],
    failed: [],
  });
  const name = result.functions[0]?.function ?? '';
  expect(events[0]).toMatchObject({ kind: 'check-started', function: name, mostInvocations: 20 });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'measuring', look: 1 }));
  expect(events.at(-1)).toEqual({ kind: 'checked', function: name, verdict: 'fail' });
});

test('a check whose signal is aborted rejects with what it had measured', async () => {
  const controller = new AbortController();
  const stopped = check({
    local: { base: HANDLER, head: HANDLER },
    memoryMb: 256,
    config: { seed: 5 },
    signal: controller.signal,
    onEvent: (event) => {
      if (event.kind === 'measuring' && event.done >= 12) controller.abort();
    },
  });
  await expect(stopped).rejects.toMatchObject({
    name: 'AbortError',
    result: { passed: false, warnings: [{ code: 'interrupted' }] },
  });
});

test('a function that cannot be measured leaves a check that has not passed', async () => {
  const broken = file('broken.mjs', 'export const handler = async () => { throw new Error(); };');
  const events: CheckEvent[] = [];
  const result = await check({
    local: { head: broken },
    memoryMb: 256,
    config: { ...FEW, budgets: { 'duration.p50': { max: '1 s', level: 'error' } } },
    onEvent: (event) => events.push(event),
  });
  expect(result).toMatchObject({ passed: false, functions: [] });
  expect(result.failed).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ kind: 'not-checked', error: result.failed[0]?.error });
});

test('check tells every problem of a request before anything is invoked', async () => {
  const wrong = check({
    local: { base: '/nowhere/base.mjs', head: '/nowhere/head.mjs' },
    memoryMb: 100,
    config: FEW,
  });
  const error = await wrong.then(
    () => null,
    (reason: unknown) => reason as { name: string; problems: readonly string[] },
  );
  expect(error?.name).toBe('UsageError');
  expect(error?.problems.join('\n')).toMatch(/base\.mjs[^]*head\.mjs/);
  expect(error?.problems.join('\n')).toMatch(/128 to 10240 MB/);
  await expect(check({})).rejects.toThrow(/wanted something to check/);
  await expect(check({ config: { maxInvocations: 3 } })).rejects.toThrow(/maxInvocations/);
});

test('a check that has nothing to compare with yet names the baseline that is missing', async () => {
  const result = await check({ local: { head: HANDLER }, base: '/nowhere/b.json', config: FEW });
  expect(result).toMatchObject({ passed: false, warnings: [{ code: 'no-baseline' }] });
});
