import { expect, onTestFinished, test } from 'vitest';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { resultSchema } from '../../src/contract/tune/result.ts';
import type { LambdaEndpointOptions } from '../../src/emulator/index.ts';
import { playTune } from '../../src/play/play-tune.ts';
import { HurriedClock } from '../faults/hurried-clock.ts';
import { embeddedTarget, snapshot, TARGET_NAME } from './embedded-target.ts';

const DAY_MS = 86_400_000;
const GROUP = `/aws/lambda/${TARGET_NAME}`;

/** As Lambda prints it (Developer Guide, "View CloudWatch logs", 2026-11). */
function report(ms: number, more = ''): string {
  return `REPORT RequestId: 4ce9340a-b765-490f-ad8a-02ab3415e2bf\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms \tMemory Size: 512 MB\tMax Memory Used: 75 MB\t${more}\n`;
}

/** The inverse law takes 400 ms at 512 MB; production's calls take so many times as long. */
function productionLog(times: number, calls = 400): readonly string[] {
  return Array.from({ length: calls }, (_, index) =>
    index % 50 === 0
      ? report(600 * times, 'Init Duration: 150.00 ms\t')
      : report((390 + (index % 21)) * times),
  );
}

async function groundedRun(
  lines: readonly string[],
  input: { readonly [key: string]: Json } = {},
  endpoint: LambdaEndpointOptions = {},
) {
  const clock = new HurriedClock();
  const calls: string[] = [];
  const target = await embeddedTarget({
    endpoint: {
      now: () => clock.now(),
      ...endpoint,
      intercept(request) {
        calls.push(request.operation);
        return endpoint.intercept?.(request);
      },
    },
  });
  onTestFinished(() => target.close());
  const stepMs = (13 * DAY_MS) / Math.max(1, lines.length);
  for (const [index, line] of lines.entries()) {
    const bytes = Buffer.from(line);
    target.addLog({
      group: GROUP,
      stream: '2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef',
      atMs: clock.now() - 13.5 * DAY_MS + index * stepMs,
      size: bytes.length,
      read: () => bytes,
    });
  }
  const before = await snapshot(target.deps);
  calls.length = 0;
  const states: string[] = [];
  const played = await playTune({
    input: {
      function: TARGET_NAME,
      memorySizes: [512, 1769],
      invocations: 20,
      seed: 7,
      history: { days: 14 },
      ...input,
    },
    world: { ...target.deps, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent(event) {
      if (event.kind === 'state-entered') states.push(event.stateName);
    },
    clock,
  });
  if (played.kind !== 'done') throw new Error(JSON.stringify(played));
  expect(await snapshot(target.deps)).toEqual(before);
  const result = played.output as unknown as Result;
  expect(resultSchema.parse(result)).toEqual(result);
  return { result, states, calls };
}

const codesOf = ({ warnings }: Result): readonly string[] => warnings.map(({ code }) => code);

test('a run asks what production did before it plans, and sets cold share and traffic by it', async () => {
  const { result, states } = await groundedRun(productionLog(1));
  expect(states.indexOf('ReadHistory')).toBe(2);
  expect(states).toContain('Wait for the history');
  expect(states.indexOf('Plan')).toBeGreaterThan(states.lastIndexOf('ReadHistory'));
  // 8 of 400 calls are cold. The first is 13.5 days old, and half a day of silence before it is no chance.
  expect(result.input.coldShare).toBe(0.02);
  expect(result.input.invocationsPerMonth).toBeCloseTo((400 / 13.5) * 30.4375, 0);
  expect(result.history).toMatchObject({
    coldShare: 0.02,
    payload: { verdict: 'like', unknown: null },
    sizes: [{ memoryMb: 512, invocations: 400, maxMemoryUsedMb: 75 }],
  });
  expect(result.spent.stateTransitions).toBe(states.length);
  expect(result.spent.history?.bytesScanned).toBeGreaterThan(0);
  expect(codesOf(result)).not.toContain('history-unread');
});

test.each([
  ['while it waits for the answer', 1],
  ['also where the second of its queries is under way', 2],
])('a run that is ended stops its query of production’s logs %s', async (_, wait) => {
  const clock = new HurriedClock();
  const asked: string[] = [];
  const target = await embeddedTarget({
    endpoint: {
      now: () => clock.now(),
      intercept({ operation }) {
        if (operation === 'StartQuery' || operation === 'StopQuery') asked.push(operation);
        return undefined;
      },
    },
  });
  onTestFinished(() => target.close());
  const before = await snapshot(target.deps);
  const controller = new AbortController();
  const played = await playTune({
    input: { function: TARGET_NAME, memorySizes: [512], seed: 7, history: { days: 14 } },
    world: { ...target.deps, onProgress: () => undefined },
    signal: controller.signal,
    onEvent(event) {
      const starts = asked.filter((each) => each === 'StartQuery').length;
      const isWait = event.kind === 'state-entered' && event.stateName === 'Wait for the history';
      if (isWait && starts === wait) controller.abort();
    },
    clock,
  });
  expect(played.kind).toBe('interrupted');
  expect(asked).toEqual([...Array.from({ length: wait }, () => 'StartQuery'), 'StopQuery']);
  expect(await snapshot(target.deps)).toEqual(before);
});

test('history sets no traffic or cold share that the input names', async () => {
  const { result } = await groundedRun(productionLog(1), {
    coldShare: 0.3,
    invocationsPerMonth: 1e6,
  });
  expect(result.input).toMatchObject({ coldShare: 0.3, invocationsPerMonth: 1e6 });
});

test('a payload three times shorter than production is called unlike, and the saving is not stated', async () => {
  const { result } = await groundedRun(productionLog(3));
  expect(result.history).toMatchObject({
    payload: { verdict: 'unlike', place: 0 },
    savingUsdPerMonth: null,
  });
  expect(result.monthly).toBeNull();
  const [warning] = result.warnings.filter(({ code }) => code === 'payload-unlike-traffic');
  expect(warning?.message).toContain('9 of 10 of your real calls take longer than');
});

test('a run without a word of history reads none where the endpoint is not AWS, and asks nothing of the logs', async () => {
  const { result, states, calls } = await groundedRun(productionLog(1), { history: false });
  expect(states).not.toContain('ReadHistory');
  expect(calls).not.toContain('StartQuery');
  expect(result.history).toBeNull();
  expect(result.spent.history).toBeNull();
});

test('without a call in the window the run goes on and says that there was none', async () => {
  const { result } = await groundedRun([]);
  expect(result.verdict).not.toBe('inconclusive');
  expect(result.history).toBeNull();
  expect(result.input.coldShare).toBe(0.01);
  expect(result.warnings).toContainEqual(
    expect.objectContaining({ code: 'history-unread', reason: 'no-calls' }),
  );
});

test('a query that does not end is stopped within 60 s, and the run goes on', async () => {
  const { result, states, calls } = await groundedRun(
    productionLog(1),
    {},
    { queries: { startDelayMs: 30_000 } },
  );
  expect(result.verdict).not.toBe('inconclusive');
  expect(result.history).toBeNull();
  expect(calls).toContain('StopQuery');
  // 1 + 2 + 3 + 4 and 5 s again and again: fewer than 15 within a minute.
  expect(states.filter((state) => state === 'Wait for the history').length).toBeLessThan(15);
  expect(result.warnings).toContainEqual(
    expect.objectContaining({ code: 'history-unread', reason: 'no-answer', detail: '60' }),
  );
});

test.each(['StartQuery', 'GetQueryResults'] as const)(
  'a denied %s costs the run nothing but what production did',
  async (operation) => {
    const denied = {
      kind: 'answer',
      status: 400,
      code: 'AccessDeniedException',
      message: 'no.',
    } as const;
    const { result } = await groundedRun(
      productionLog(1),
      {},
      { intercept: (request) => (request.operation === operation ? denied : undefined) },
    );
    expect(result.verdict).not.toBe('inconclusive');
    expect(result.warnings).toContainEqual(
      expect.objectContaining({ code: 'history-unread', reason: 'denied' }),
    );
  },
);

test('a query that would scan more than it may is not started', async () => {
  const { result, calls } = await groundedRun(productionLog(1), {
    history: { days: 14, maxUsd: 1e-7 },
  });
  expect(calls.filter((operation) => operation === 'StartQuery')).toHaveLength(1);
  expect(result.warnings).toContainEqual(
    expect.objectContaining({ code: 'history-unread', reason: 'too-expensive' }),
  );
});
