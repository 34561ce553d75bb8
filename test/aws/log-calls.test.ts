import { expect, test } from 'vitest';
import { isAwsError } from '../../src/contract/aws-error.ts';
import { embeddedDeps } from './embedded-deps.ts';
import { faultPlan } from '../../src/local/lambda/fault-plan.ts';

const LOG_GROUP = '/aws/lambda/orders';

type Deps = Awaited<ReturnType<typeof embeddedDeps>>['deps'];

async function invoke(deps: Deps): Promise<string> {
  const reply = await deps.invoke({ functionName: 'orders', payload: '{}', waitMs: 20_000 });
  if (reply.kind !== 'answered') throw new Error(reply.kind);
  return reply.requestId;
}

test('the lines of one invocation are found by its request id', async () => {
  const { deps } = await embeddedDeps();
  const ids = [await invoke(deps), await invoke(deps), await invoke(deps)];
  const lines = await deps.findLogLines({ logGroup: LOG_GROUP, text: ids[1] ?? '', fromMs: 0.5 });
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
  expect(lines.every((line) => line.includes(ids[1] ?? ''))).toBe(true);
});

test('empty pages are not the end of a search', async () => {
  const { deps } = await embeddedDeps({ logScanPerPage: 1 });
  for (let count = 0; count < 10; count += 1) await invoke(deps);
  const id = await invoke(deps);
  const lines = await deps.findLogLines({ logGroup: LOG_GROUP, text: id, fromMs: 0 });
  expect(lines).toHaveLength(3);
});

test('nothing yet is no line; lines from before are left out', async () => {
  const clock = { nowMs: 1000 };
  const { deps } = await embeddedDeps({ now: () => clock.nowMs, logDelayMs: 500 });
  const id = await invoke(deps);
  const find = (fromMs: number) => deps.findLogLines({ logGroup: LOG_GROUP, text: id, fromMs });
  expect(await find(0)).toEqual([]);
  clock.nowMs = 1500;
  expect(await find(1000)).toHaveLength(3);
  expect(await find(1001)).toEqual([]);
});

// CloudWatch Logs answers 400 to it: the status alone would make it an unacceptable request.
test('a group that nobody has written to is not found', async () => {
  const { deps } = await embeddedDeps();
  const call = deps.findLogLines({ logGroup: LOG_GROUP, text: 'x', fromMs: 0 });
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(isAwsError(error, 'not-found')).toBe(true);
  expect(error).toMatchObject({ action: 'logs:FilterLogEvents', resource: LOG_GROUP });
});

test.each([
  ['access-denied', 'denied'],
  ['expired-credentials', 'denied'],
] as const)('%s is %s', async (fault, kind) => {
  const { intercept } = faultPlan({
    operation: 'FilterLogEvents',
    call: 1,
    when: 'before',
    fault,
    lasting: 'call',
  });
  const { deps } = await embeddedDeps({ intercept });
  await invoke(deps);
  const call = deps.findLogLines({ logGroup: LOG_GROUP, text: 'x', fromMs: 0 });
  expect(isAwsError(await call.catch((thrown: unknown) => thrown), kind)).toBe(true);
});

test('a search that is throttled is tried again', async () => {
  const { intercept } = faultPlan({
    operation: 'FilterLogEvents',
    call: 1,
    when: 'before',
    fault: 'throttled',
  });
  const { deps } = await embeddedDeps({ intercept });
  const id = await invoke(deps);
  const lines = await deps.findLogLines({ logGroup: LOG_GROUP, text: id, fromMs: 0 });
  expect(lines).toHaveLength(3);
});
