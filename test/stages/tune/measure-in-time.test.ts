import { expect, test } from 'vitest';
import type { InvokeReply } from '../../../src/contract/shared/invoke-calls.ts';
import type { StageInput } from '../../../src/contract/tune/stages.ts';
import { pricesOf } from '../../../src/core/cost/prices.ts';
import { LateLogs } from '../../../src/stages/target/late-logs.ts';
import { observeLost } from '../../../src/stages/target/observe.ts';
import { measureQueued } from '../../../src/stages/tune/measure/measure-queued.ts';
import { measureSlice } from '../../../src/stages/tune/measure/measure-slice.ts';
import type { MeasureDeps, SliceRequest } from '../../../src/stages/tune/measure/slice-request.ts';

/** Lambda ends a call after 15 minutes, and everything that it measured is lost. */
const CALL_MS = 900_000;
const LEFT = 300;

interface Case {
  readonly durationMs: number;
  readonly timeoutSeconds?: number;
  readonly concurrency?: number;
  readonly pauseMs?: number;
  readonly preMs?: number;
  readonly postMs?: number;
  /** When the function is throttled, from the start of the call on. */
  readonly throttled?: (atMs: number) => boolean;
  /** How long a log takes to be found that the answer came without. */
  readonly logMs?: number;
  /** What Step Functions says of the execution; `null` where it cannot be asked. */
  readonly status?: (atMs: number) => string | null;
  /** Where the call goes on. @default at the beginning */
  readonly slice?: { readonly from: number; readonly made: number[] };
  /** Through Lambda's own queue. */
  readonly queued?: boolean;
  /** Waited for at first, with the queue for what takes too long. */
  readonly mayQueue?: boolean;
  /** One of a size at a time, as aws-lambda-power-tuning's input asks by itself. */
  readonly inSeries?: boolean;
}

/** A call of Measure in a world whose clock moves only while everybody waits. */
async function call(options: Case) {
  let nowMs = 0;
  const waiting: { readonly atMs: number; readonly go: () => void }[] = [];
  const sleep = (ms: number): Promise<void> =>
    new Promise((go) => {
      waiting.push({ atMs: nowMs + Math.max(0, ms), go });
      waiting.sort((a, b) => a.atMs - b.atMs);
    });
  let invocations = 0;
  const startsMs: number[] = [];
  const endsMs: number[] = [];
  const askedMs: number[] = [];
  const answer = (id: string, logTail: string): InvokeReply => ({
    kind: 'answered',
    requestId: id,
    functionError: null,
    errorType: null,
    errorMessage: null,
    logTail,
    executedVersion: '8',
    body: 'null',
  });
  // The first is cold: 150 ms of init.
  const report = (id: string): string =>
    `REPORT RequestId: ${id}\tDuration: ${options.durationMs}.00 ms\tBilled Duration: ${options.durationMs} ms\tMemory Size: 512 MB\tMax Memory Used: 75 MB\t${id === 'id0' ? 'Init Duration: 150.00 ms\t' : ''}\n`;
  const deps: MeasureDeps = {
    now: () => nowMs,
    sleep,
    onProgress: () => undefined,
    async readExecutionStatus() {
      askedMs.push(nowMs);
      await sleep(100);
      return options.status === undefined ? 'RUNNING' : options.status(nowMs);
    },
    async invoke({ functionName, waitMs }) {
      const processorMs = { before: options.preMs, after: options.postMs }[functionName];
      if (processorMs !== undefined) {
        await sleep(Math.min(processorMs, waitMs));
        return processorMs > waitMs ? { kind: 'lost', cause: 'late' } : answer('', '');
      }
      if (options.throttled?.(nowMs) === true) {
        await sleep(50);
        return { kind: 'throttled', reason: 'too many', retryAfterMs: null };
      }
      const id = `id${invocations++}`;
      startsMs.push(nowMs);
      const late = options.timeoutSeconds === 900 && options.durationMs > waitMs;
      await sleep(late ? waitMs : options.durationMs);
      endsMs.push(nowMs);
      if (late) return { kind: 'lost', cause: 'late' };
      return answer(id, options.logMs === undefined ? report(id) : '');
    },
    async findLogEvents({ text }) {
      await sleep(500);
      const endMs = endsMs[Number(text.slice(2))] ?? 0;
      const found = nowMs >= endMs + (options.logMs ?? 0);
      return { isWhole: true, events: found ? [{ message: report(text), stream: '' }] : [] };
    },
    async invokeAsynchronously() {
      await sleep(50);
      if (options.throttled?.(nowMs) === true) {
        return { kind: 'throttled', reason: 'too many', retryAfterMs: null };
      }
      startsMs.push(nowMs);
      endsMs.push(nowMs + options.durationMs);
      return { kind: 'accepted', requestId: `id${invocations++}` };
    },
    setEventInvokeConfig: () => Promise.resolve(),
    readObject: () => Promise.reject(new Error('not asked for')),
  };
  const timeoutSeconds = options.timeoutSeconds ?? 60;
  const state = {
    run: {
      id: 'run-1',
      executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:powerdial:run-1',
      startedAt: new Date(0).toISOString(),
    },
    concurrency: options.concurrency ?? 1,
    target: { functionName: 'orders', logGroup: '/aws/lambda/orders', timeoutSeconds },
    input: {
      measureTimeoutSeconds: timeoutSeconds,
      pauseMs: options.pauseMs ?? 0,
      maxUsd: 50,
      invocations: 10,
      ...(options.inSeries === true ? { peer: { trim: 0.2, stats: false, inSeries: true } } : {}),
      concurrency: options.concurrency ?? 1,
      asynchronous: options.queued === true || options.mayQueue === true,
      ...(options.preMs === undefined ? {} : { preProcessor: 'before' }),
      ...(options.postMs === undefined ? {} : { postProcessor: 'after' }),
    },
    awaited: [],
    publishing: { variants: [{ memoryMb: 512, version: '8', outcome: 'ready', reason: null }] },
  } as unknown as StageInput<'Measure'>;
  const progress = { over: false };
  const request: SliceRequest = {
    state,
    bounds: { to: LEFT, worstCaseUsd: 50, ...(options.slice ?? { from: 0, made: [] }) },
    planned: Array.from({ length: LEFT }, () => ({
      memoryMb: 512,
      payload: 0,
      version: 0,
      burst: null,
    })),
    // Only a size whose invocation did not end while it was waited for goes through the queue.
    before: options.queued === true ? [observeLost({ memoryMb: 512, payload: 0, atMs: 0 })] : [],
    terms: {
      prices: pricesOf('us-east-1', 'arm64', 512),
      ephemeralStorageMb: 512,
      timeoutSeconds,
    },
    budgetUsd: 50,
    payloads: ['{}'],
    lateLogs: new LateLogs(deps),
    deps,
    context: { remainingMs: () => CALL_MS - nowMs },
  };
  const measuring =
    options.queued === true ? measureQueued({ ...request, awaited: [] }) : measureSlice(request);
  const came = measuring.finally(() => {
    progress.over = true;
  });
  // Handled below; nothing may be unhandled while the clock moves.
  came.catch(() => undefined);
  while (!progress.over) {
    await new Promise((resolve) => setImmediate(resolve));
    const next = waiting.shift();
    if (next === undefined) continue;
    nowMs = next.atMs;
    next.go();
  }
  return { came, tookMs: nowMs, invocations, startsMs, askedMs };
}

test.each<[string, Case]>([
  ['its pauses are longer than its invocations', { durationMs: 31_000, pauseMs: 60_000 }],
  ['it pauses', { durationMs: 100, pauseMs: 60_000 }],
  ['it is throttled near the end', { durationMs: 5000, throttled: (atMs) => atMs >= 800_000 }],
  [
    'it is throttled near the end with many under way',
    { durationMs: 5000, concurrency: 8, throttled: (atMs) => atMs >= 800_000 },
  ],
  ['its processors are slow', { durationMs: 100, preMs: 70_000, postMs: 90_000 }],
  ['its processors are slow beside a pause', { durationMs: 100, preMs: 30_000, pauseMs: 60_000 }],
  ['its logs come late', { durationMs: 59_000, logMs: 25_000 }],
  ['its logs never come', { durationMs: 59_000, logMs: 900_000 }],
  ['it nearly fills the call', { durationMs: 839_000, timeoutSeconds: 840, concurrency: 8 }],
  [
    'it could nearly fill the call, and has everything besides',
    {
      durationMs: 1000,
      timeoutSeconds: 840,
      concurrency: 8,
      pauseMs: 60_000,
      preMs: 1000,
      postMs: 1000,
      logMs: 900_000,
    },
  ],
])('Measure hands back what it has before its time is over where %s', async (_what, options) => {
  const { came, tookMs, invocations } = await call(options);
  const { observations, next } = await came;
  expect(tookMs).toBeLessThan(CALL_MS);
  expect(observations).toHaveLength(invocations);
  expect(next).toBeGreaterThan(0);
  // The schedule goes on behind the last one, unless nothing but lost ones gave the size up.
  if (observations.some(({ outcome }) => outcome === 'ok')) {
    expect(next).toBeLessThanOrEqual(invocations);
  }
});

test('an invocation that is throttled at the end of the call goes to the next call', async () => {
  const { came, invocations } = await call({
    durationMs: 100_000,
    throttled: (atMs) => atMs >= 600_000,
  });
  const { observations, next } = await came;
  // Six of 100 s each, and the seventh never ran.
  expect([invocations, observations.length, next]).toEqual([6, 6, 6]);
  expect(observations.every(({ outcome }) => outcome === 'ok')).toBe(true);
});

test('a function that is throttled for 300 s ends the run', async () => {
  const { came, tookMs } = await call({ durationMs: 100, throttled: () => true });
  await expect(came).rejects.toMatchObject({ name: 'TargetBusy' });
  expect(tookMs).toBeGreaterThanOrEqual(300_000);
  expect(tookMs).toBeLessThan(320_000);
});

test('a function that is throttled for as long as a call can wait ends the run, instead of going round for ever', async () => {
  const { came, tookMs } = await call({
    durationMs: 100,
    timeoutSeconds: 840,
    throttled: () => true,
  });
  await expect(came).rejects.toThrow(/timeout of 840 s.*too many/);
  expect(tookMs).toBeLessThan(60_000);
});

const QUEUED = { durationMs: 400_000, timeoutSeconds: 900, concurrency: 4, queued: true };

test('an invocation that is throttled on its way into the queue goes to the next call of Measure', async () => {
  const { came, tookMs, invocations } = await call({
    ...QUEUED,
    throttled: (atMs) => atMs >= 700_000,
  });
  const { observations, awaited, next } = await came;
  expect(tookMs).toBeLessThan(CALL_MS);
  // Four from the start, four more at 400 s, which are through after 800 s; the ninth never ran.
  expect([invocations, observations.length, awaited.length, next]).toEqual([8, 8, 0, 8]);
});

test('a queue that takes nothing for 300 s ends the run', async () => {
  const { came, tookMs } = await call({ ...QUEUED, throttled: () => true });
  await expect(came).rejects.toMatchObject({ name: 'TargetBusy' });
  expect(tookMs).toBeLessThan(320_000);
});

test('a thousand queued invocations are looked up as far as the time allows', async () => {
  const { came, tookMs } = await call({ ...QUEUED, durationMs: 850_000, concurrency: 300 });
  const { observations, awaited } = await came;
  expect(tookMs).toBeLessThan(CALL_MS);
  expect(observations.length + awaited.length).toBe(LEFT);
});

const stoppedAt =
  (stopMs: number) =>
  (atMs: number): string =>
    atMs >= stopMs ? 'ABORTED' : 'RUNNING';

test.each<[string, Case]>([
  ['one after the other', { durationMs: 5000 }],
  ['many at once', { durationMs: 5000, concurrency: 8 }],
  ['with a processor before each', { durationMs: 1000, concurrency: 4, preMs: 3000 }],
  ['throttled since before the stop', { durationMs: 5000, throttled: isThrottledAround }],
  ['through the queue', { ...QUEUED, durationMs: 20_000 }],
])(
  'Measure that invokes %s begins nothing more half a minute after its execution was stopped',
  async (_how, options) => {
    const { came, startsMs, tookMs } = await call({ ...options, status: stoppedAt(200_000) });
    const { observations, awaited } = await came;
    const last = startsMs.at(-1) ?? 0;
    expect(last).toBeGreaterThan(100_000);
    // 30 s until it asks, and the processor of one that had begun.
    expect(last).toBeLessThan(235_000);
    expect(tookMs).toBeLessThan(300_000);
    expect(observations.length + awaited.length).toBe(startsMs.length);
  },
);

/** Nothing gets through from shortly before the stop until long after it. */
function isThrottledAround(atMs: number): boolean {
  return atMs >= 190_000 && atMs < 400_000;
}

test('Measure asks about its execution at most every 30 s', async () => {
  const { askedMs, tookMs } = await call({ durationMs: 1000, concurrency: 2 });
  expect(askedMs.length).toBeGreaterThan(2);
  expect(askedMs.length).toBeLessThanOrEqual(1 + tookMs / 30_000);
});

test('Measure goes on where its execution cannot be asked about, and asks ever more seldom', async () => {
  const asked = await call({ durationMs: 5000 });
  const unanswered = await call({ durationMs: 5000, status: () => null });
  const { observations } = await unanswered.came;
  expect(observations).toHaveLength((await asked.came).observations.length);
  expect(unanswered.askedMs.length).toBeLessThan(6);
});

test('calls of Measure make every invocation of the schedule once, whatever is throttled at their ends', async () => {
  // The first that begins near the end is throttled until it is over; those beginning with it overtake it.
  const throttledFirst = () => {
    let firstMs: number | null = null;
    return (atMs: number): boolean => {
      if (atMs < 740_000) return false;
      const isFirst = firstMs === null;
      firstMs ??= atMs;
      return isFirst || atMs !== firstMs;
    };
  };
  const options = { durationMs: 50_000, concurrency: 8 };
  let slice = { from: 0, made: [] as number[] };
  let invocations = 0;
  let overtaken = 0;
  for (let calls = 0; slice.from < LEFT; calls += 1) {
    expect(calls).toBeLessThan(10);
    const { came, invocations: begun } = await call({
      ...options,
      slice,
      throttled: throttledFirst(),
    });
    const { observations, next, made } = await came;
    expect(observations).toHaveLength(begun);
    invocations += begun;
    expect(next + made.length).toBe(invocations);
    overtaken = Math.max(overtaken, made.length);
    slice = { from: next, made: [...made] };
  }
  expect(invocations).toBe(LEFT);
  expect(overtaken).toBe(7);
});

const LONG = { timeoutSeconds: 900, concurrency: 8, mayQueue: true };

test('Measure leaves a size to the queue once an invocation of it did not end while it was waited for', async () => {
  const { came, tookMs, invocations } = await call({ ...LONG, durationMs: 870_000 });
  const { observations, next, made } = await came;
  expect(tookMs).toBeLessThan(CALL_MS);
  expect(invocations).toBe(1);
  expect(observations.map(({ outcome }) => outcome)).toEqual(['lost']);
  // The first was made; the schedule goes on behind it, in the queue.
  expect([next, made]).toEqual([1, []]);
});

test('a function that answers in 400 ms takes no longer for a timeout of 900 s', async () => {
  const short = await call({ durationMs: 400, timeoutSeconds: 60, concurrency: 8 });
  const long = await call({ ...LONG, durationMs: 400 });
  expect((await long.came).observations).toHaveLength(LEFT);
  // One invocation of the size comes before the others.
  expect(long.tookMs).toBeLessThanOrEqual(short.tookMs + 400);
});

test('Measure gives a size up after one invocation that does not end in time where the queue cannot be used', async () => {
  const { came, invocations } = await call({ ...LONG, mayQueue: false, durationMs: 870_000 });
  expect((await came).observations).toHaveLength(1);
  expect(invocations).toBe(1);
});

/** How many of the invocations were under way at once, at most. */
function mostAtOnce(startsMs: readonly number[], durationMs: number): number {
  return Math.max(
    ...startsMs.map((atMs) => startsMs.filter((ms) => ms <= atMs && ms + durationMs > atMs).length),
  );
}

test.each([
  // An init of 150 ms is more than 0.3 % of ten invocations of 100 ms, which take a second.
  { durationMs: 100, inSeries: true, most: 1 },
  // Ten of 12 s take 120 s, 0.3 % are 360 ms: two further inits are 300, three would be 450.
  { durationMs: 12_000, inSeries: true, most: 3 },
  { durationMs: 100, inSeries: false, most: 4 },
])(
  'invocations of one size in series begin further environments only where those cost little: %j',
  async ({ most, ...options }) => {
    const { came, startsMs } = await call({ ...options, concurrency: 4 });
    expect((await came).observations.length).toBe(startsMs.length);
    expect(mostAtOnce(startsMs, options.durationMs)).toBe(most);
  },
);
