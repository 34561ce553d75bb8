import { PublishVersionCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { isAwsError } from '../../src/contract/shared/aws-error.ts';
import { embeddedDeps } from './embedded-deps.ts';
import { streamPrefixes } from '../../src/core/platform-log/stream-prefixes.ts';
import { unreadLog } from '../../src/stages/target/log-unread.ts';
import { unreadLogText } from '../../src/words/unread-log.ts';
import { faultPlan } from '../../src/emulator/index.ts';

const LOG_GROUP = '/aws/lambda/orders';

type Deps = Awaited<ReturnType<typeof embeddedDeps>>['deps'];

/** What a search finds, in a window that is open to the future. */
async function find(deps: Deps, query: Partial<Parameters<Deps['findLogEvents']>[0]>) {
  return await deps.findLogEvents({
    logGroup: LOG_GROUP,
    text: 'RequestId',
    fromMs: 0,
    toMs: 1e14,
    streamPrefixes: null,
    withinMs: 20_000,
    ...query,
  });
}

async function linesOf(deps: Deps, text: string): Promise<readonly string[]> {
  const { events, isWhole } = await find(deps, { text });
  expect(isWhole).toBe(true);
  return events.map(({ message }) => message);
}

async function invoke(deps: Deps): Promise<string> {
  const reply = await deps.invoke({ functionName: 'orders', payload: '{}', waitMs: 20_000 });
  if (reply.kind !== 'answered') throw new Error(reply.kind);
  return reply.requestId;
}

test('the lines of one invocation are found by its request id', async () => {
  const { deps } = await embeddedDeps();
  const ids = [await invoke(deps), await invoke(deps), await invoke(deps)];
  const lines = await linesOf(deps, ids[1] ?? '');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
  expect(lines.every((line) => line.includes(ids[1] ?? ''))).toBe(true);
});

test('empty pages are not the end of a search', async () => {
  const { deps } = await embeddedDeps({ logScanPerPage: 1 });
  for (let count = 0; count < 10; count += 1) await invoke(deps);
  const id = await invoke(deps);
  const lines = await linesOf(deps, id);
  expect(lines).toHaveLength(3);
});

test('a log that is still empty gives no lines, and lines before or after the window are left out', async () => {
  const clock = { nowMs: 1000 };
  const { deps } = await embeddedDeps({ now: () => clock.nowMs, logDelayMs: 500 });
  const id = await invoke(deps);
  const countFrom = async (fromMs: number, toMs = 1e14): Promise<number> =>
    (await find(deps, { text: id, fromMs, toMs })).events.length;
  expect(await countFrom(0)).toBe(0);
  clock.nowMs = 1500;
  expect(await countFrom(999.5)).toBe(3);
  expect(await countFrom(1001)).toBe(0);
  expect(await countFrom(0, 999)).toBe(0);
});

// CloudWatch Logs answers 400 to it: the status alone would make it an unacceptable request.
test('a group that nobody has written to is not found', async () => {
  const { deps } = await embeddedDeps();
  const call = find(deps, {});
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(isAwsError(error, 'not-found')).toBe(true);
  expect(error).toMatchObject({ action: 'logs:FilterLogEvents', resource: LOG_GROUP });
});

test.each([
  ['access-denied', 'denied'],
  ['expired-credentials', 'denied'],
] as const)(
  'a search of log events that AWS answers with %s is an error of the kind %s',
  async (fault, kind) => {
    const { intercept } = faultPlan({
      operation: 'FilterLogEvents',
      call: 1,
      when: 'before',
      fault,
      lasting: 'call',
    });
    const { deps } = await embeddedDeps({ intercept });
    await invoke(deps);
    const call = find(deps, {});
    expect(isAwsError(await call.catch((thrown: unknown) => thrown), kind)).toBe(true);
  },
);

test('a search that is throttled is tried again', async () => {
  const { intercept } = faultPlan({
    operation: 'FilterLogEvents',
    call: 1,
    when: 'before',
    fault: 'throttled',
  });
  const { deps } = await embeddedDeps({ intercept });
  const id = await invoke(deps);
  const lines = await linesOf(deps, id);
  expect(lines).toHaveLength(3);
});

test('a search of some streams finds nothing of others, and looks at all that are named', async () => {
  const { deps, client } = await embeddedDeps();
  const { Version } = await client.send(new PublishVersionCommand({ FunctionName: 'orders' }));
  const latest = await invoke(deps);
  const version = await deps.invoke({
    functionName: 'orders',
    qualifier: Version ?? '',
    payload: '{}',
    waitMs: 20_000,
  });
  if (version.kind !== 'answered') throw new Error(version.kind);
  const found = await find(deps, { streamPrefixes: prefixes(['1']) });
  expect(idsOf(found.events)).toEqual([version.requestId]);
  const both = await find(deps, { streamPrefixes: prefixes(['1', '$LATEST']) });
  expect(idsOf(both.events).toSorted()).toEqual([latest, version.requestId].toSorted());
});

function prefixes(versions: readonly string[]): readonly string[] | null {
  const startedFromMs = Date.now() - 3_600_000;
  const startedToMs = Date.now();
  const functionName = 'orders';
  return streamPrefixes({
    functionName,
    logGroup: LOG_GROUP,
    versions,
    startedFromMs,
    startedToMs,
  });
}

function idsOf(events: readonly { readonly message: string }[]): readonly string[] {
  const ids = events.map(({ message }) => /RequestId: (\S+)/.exec(message)?.[1] ?? '');
  return [...new Set(ids)];
}

test('a search ends when its time is over, and keeps what it has found', async () => {
  // The third page never comes.
  const { deps } = await embeddedDeps({
    logScanPerPage: 1,
    intercept: ({ operation, callOfOperation }) =>
      operation === 'FilterLogEvents' && callOfOperation === 3
        ? { kind: 'hang', when: 'before' }
        : undefined,
  });
  const ids = [await invoke(deps), await invoke(deps), await invoke(deps)];
  const { events, isWhole } = await find(deps, { withinMs: 3000 });
  expect(isWhole).toBe(false);
  expect(idsOf(events)).toEqual(ids.slice(0, 2));
});

test('a search that fails half-way keeps what it has found', async () => {
  const { deps } = await embeddedDeps({
    logScanPerPage: 1,
    intercept: ({ operation, callOfOperation }) =>
      operation === 'FilterLogEvents' && callOfOperation === 2
        ? { kind: 'answer', status: 400, code: 'InvalidParameterException', message: 'no' }
        : undefined,
  });
  const ids = [await invoke(deps), await invoke(deps)];
  const { events, isWhole } = await find(deps, {});
  expect(isWhole).toBe(false);
  expect(idsOf(events)).toEqual(ids.slice(0, 1));
});

test('a group of the Infrequent Access class refuses the search, and the reason names the class and what helps', async () => {
  const { deps } = await embeddedDeps({ logGroupClass: 'INFREQUENT_ACCESS' });
  await invoke(deps);
  const error: unknown = await find(deps, {}).catch((thrown: unknown) => thrown);
  if (!isAwsError(error, 'refused')) throw error;
  expect(error.code).toBe('InvalidOperationException');
  const why = unreadLogText(unreadLog(error));
  expect(why).toMatch(/INFREQUENT_ACCESS/);
  expect(why).toMatch(/give the function a log group of the Standard class/);
});
