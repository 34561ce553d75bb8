import { describe, expect, test } from 'vitest';
import type {
  HostInvocation,
  VariantSettings,
} from '../../../src/emulator/lambda/function-host.ts';
import { recordedHost } from '../../../src/emulator/recorded/recorded-host.ts';
import { readRecording, type Recording } from '../../../src/emulator/recorded/recording.ts';

function recordingOf(memory: Record<string, unknown>): Recording {
  const reading = readRecording({ name: 'orders', memory });
  if (reading.kind === 'invalid') throw new Error(reading.problems.join('\n'));
  return reading.recording;
}

function invocation(settings: Partial<VariantSettings> = {}): HostInvocation {
  return {
    requestId: '8d5958b5-559f-43f3-b278-b71dd7dd0e01',
    payload: Buffer.from('{}'),
    settings: {
      functionName: 'orders',
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      version: '1',
      revisionId: 'a',
      memoryMb: 512,
      timeoutSeconds: 60,
      ephemeralStorageMb: 512,
      environment: {},
      logFormat: 'Text',
      systemLogLevel: 'INFO',
      logGroup: '/aws/lambda/orders',
      ...settings,
    },
  };
}

function hostOf(memory: Record<string, unknown>, seed = 1) {
  return recordedHost(recordingOf(memory), { seed, now: () => 0 });
}

type Host = ReturnType<typeof hostOf>;

/** The REPORT line's fields after the request id. */
async function report(host: Host, settings: Partial<VariantSettings> = {}) {
  const { log } = await host.invoke(invocation(settings));
  return log.toString().split('REPORT RequestId: 8d5958b5-559f-43f3-b278-b71dd7dd0e01\t')[1];
}

describe('cold and warm', () => {
  const memory = { '512': { warmMs: [10], coldMs: [90], initMs: [200], maxMemoryUsedMb: 64 } };
  const cold =
    'Duration: 90.00 ms\tBilled Duration: 290 ms\tMemory Size: 512 MB\tMax Memory Used: 64 MB\tInit Duration: 200.00 ms\t\n';
  const warm =
    'Duration: 10.00 ms\tBilled Duration: 10 ms\tMemory Size: 512 MB\tMax Memory Used: 64 MB\t\n';

  test('the first invocation of an environment is cold, the next ones are warm', async () => {
    const host = hostOf(memory);
    expect(await report(host)).toBe(cold);
    expect(await report(host)).toBe(warm);
    expect(await report(host)).toBe(warm);
  });

  test('the whole log of a cold one', async () => {
    const { log, payload, functionError } = await hostOf(memory).invoke(invocation());
    expect(log.toString()).toBe(
      `INIT_START Runtime Version: recorded\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:recorded\nSTART RequestId: 8d5958b5-559f-43f3-b278-b71dd7dd0e01 Version: 1\nEND RequestId: 8d5958b5-559f-43f3-b278-b71dd7dd0e01\nREPORT RequestId: 8d5958b5-559f-43f3-b278-b71dd7dd0e01\t${cold}`,
    );
    expect(payload.toString()).toBe('null');
    expect(functionError).toBeNull();
  });

  test('invocations at once need an environment each', async () => {
    const host = hostOf(memory);
    expect(await Promise.all([report(host), report(host), report(host)])).toEqual([
      cold,
      cold,
      cold,
    ]);
    expect(await Promise.all([report(host), report(host)])).toEqual([warm, warm]);
  });

  test('versions have environments of their own', async () => {
    const host = hostOf(memory);
    expect(await report(host, { version: '1' })).toBe(cold);
    expect(await report(host, { version: '2' })).toBe(cold);
    expect(await report(host, { version: '1' })).toBe(warm);
  });

  test('a new revision, or a retired version, starts anew', async () => {
    const host = hostOf(memory);
    await report(host);
    expect(await report(host, { revisionId: 'b' })).toBe(cold);
    const { functionArn, version } = invocation().settings;
    await host.retire(functionArn, version);
    expect(await report(host, { revisionId: 'b' })).toBe(cold);
  });

  test('without coldMs a cold one takes as long as a warm one; without initMs it shows no init', async () => {
    const host = hostOf({ '512': { warmMs: [10] } });
    const { log } = await host.invoke(invocation());
    expect(log.toString()).toMatch(/^START /);
    expect(log.toString()).toContain(
      '\tDuration: 10.00 ms\tBilled Duration: 10 ms\tMemory Size: 512 MB\t\n',
    );
  });

  test('the whole log of a cold one in JSON', async () => {
    const { log } = await hostOf(memory).invoke(
      invocation({ logFormat: 'JSON', systemLogLevel: 'DEBUG' }),
    );
    const events = log.toString().trim().split('\n');
    const types = events.map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual([
      'platform.initStart',
      'platform.initRuntimeDone',
      'platform.initReport',
      'platform.start',
      'platform.runtimeDone',
      'platform.report',
    ]);
    expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({
      record: {
        status: 'success',
        metrics: {
          durationMs: 90,
          billedDurationMs: 290,
          memorySizeMB: 512,
          maxMemoryUsedMB: 64,
          initDurationMs: 200,
        },
      },
    });
  });
});

describe('bad ends', () => {
  async function end(memory: Record<string, unknown>, settings: Partial<VariantSettings> = {}) {
    const host = hostOf(memory);
    const { payload, functionError, log } = await host.invoke(invocation(settings));
    const again = await host.invoke(invocation(settings));
    return {
      payload: JSON.parse(payload.toString()) as unknown,
      functionError,
      report: log.toString().split('\tDuration: ')[1],
      coldAgain: again.log.toString().includes('INIT_START'),
    };
  }

  test('a run longer than the timeout ends at the timeout', async () => {
    expect(
      await end({ '512': { warmMs: [3000.01], initMs: [80] } }, { timeoutSeconds: 3 }),
    ).toEqual({
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage:
          'RequestId: 8d5958b5-559f-43f3-b278-b71dd7dd0e01 Error: Task timed out after 3.00 seconds',
      },
      functionError: 'Unhandled',
      report:
        '3000.00 ms\tBilled Duration: 3080 ms\tMemory Size: 512 MB\tInit Duration: 80.00 ms\tStatus: timeout\n',
      // The environment is lost with it.
      coldAgain: true,
    });
    const justInTime = await end({ '512': { warmMs: [3000] } }, { timeoutSeconds: 3 });
    expect(justInTime.functionError).toBeNull();
  });

  test('a size recorded as timing out does so at any timeout, or at the one it was recorded with', async () => {
    const any = await end({ '512': { warmMs: [1], outcome: 'timeout' } }, { timeoutSeconds: 900 });
    expect(any.report).toMatch(/^900000\.00 ms\t.*\tStatus: timeout\n$/);
    const own = await end({ '512': { warmMs: [1], outcome: 'timeout', timeoutSeconds: 3 } });
    expect(own.report).toMatch(/^3000\.00 ms\t.*\tStatus: timeout\n$/);
  });

  test.each([
    ['recorded as such', { warmMs: [50], initMs: [80], outcome: 'out-of-memory' }],
    ['by the memory that it needs', { warmMs: [50], initMs: [80], maxMemoryUsedMb: 513 }],
  ])('out of memory, %s', async (_how, size) => {
    expect(await end({ '512': size })).toEqual({
      payload: {
        errorType: 'Runtime.ExitError',
        errorMessage:
          'RequestId: 8d5958b5-559f-43f3-b278-b71dd7dd0e01 Error: Runtime exited with error: signal: killed',
      },
      functionError: 'Unhandled',
      report:
        '50.00 ms\tBilled Duration: 130 ms\tMemory Size: 512 MB\tMax Memory Used: 512 MB\tInit Duration: 80.00 ms\tStatus: error\tError Type: Runtime.OutOfMemory\n',
      coldAgain: true,
    });
  });

  test("a handler's error keeps its environment", async () => {
    const ended = await end({ '512': { warmMs: [50], initMs: [80], outcome: 'error' } });
    expect(ended).toMatchObject({
      payload: { errorType: 'Error' },
      functionError: 'Unhandled',
      report: '50.00 ms\tBilled Duration: 130 ms\tMemory Size: 512 MB\tInit Duration: 80.00 ms\t\n',
      coldAgain: false,
    });
  });
});

describe('sizes', () => {
  const memory = { '256': { warmMs: [1] }, '1024': { warmMs: [1] } };

  test('outside the recorded ones are refused', async () => {
    const host = hostOf(memory);
    expect(host.maxMemoryMb).toBe(1024);
    expect(host.refuses(256)).toBeNull();
    expect(host.refuses(300)).toBeNull();
    expect(host.refuses(255)).toBe('orders was recorded from 256 to 1024 MB');
    expect(hostOf({ '256': { warmMs: [1] } }).refuses(257)).toBe(
      'orders was recorded at 256 MB only',
    );
    await expect(host.invoke(invocation({ memoryMb: 2048 }))).rejects.toThrow('256 to 1024 MB');
  });
});

describe('a seed', () => {
  const values = Array.from({ length: 50 }, (_, index) => index + 1);
  const memory = { '256': { warmMs: values }, '512': { warmMs: values } };

  async function durations(host: Host, sizes: readonly number[]) {
    const drawn: string[] = [];
    for (const memoryMb of sizes) {
      const line = await report(host, { memoryMb, version: String(memoryMb) });
      drawn.push(`${memoryMb}: ${line?.split('\t')[0] ?? ''}`);
    }
    return drawn;
  }

  test('draws the same values again, and another seed draws others', async () => {
    const sizes = Array.from({ length: 20 }, () => 256);
    const first = await durations(hostOf(memory, 1), sizes);
    expect(await durations(hostOf(memory, 1), sizes)).toEqual(first);
    expect(await durations(hostOf(memory, 2), sizes)).not.toEqual(first);
  });

  test('draws the same at each size, whatever the order in which sizes are invoked', async () => {
    const inTurn = await durations(hostOf(memory), [256, 512, 256, 512, 256, 512]);
    const inBlocks = await durations(hostOf(memory), [256, 256, 256, 512, 512, 512]);
    expect(inTurn.toSorted()).toEqual(inBlocks.toSorted());
  });

  // 20,000 draws of 50 values: 400 each expected, standard deviation √(20000·(1/50)·(49/50)) ≈ 19.8.
  test('draws with replacement, every value equally often', async () => {
    const host = hostOf(memory);
    const counts = new Map<string, number>();
    for (const line of await durations(
      host,
      Array.from({ length: 20_000 }, () => 512),
    )) {
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    expect(counts.size).toBe(50);
    for (const count of counts.values()) expect(Math.abs(count - 400)).toBeLessThan(5 * 19.8);
  });
});
