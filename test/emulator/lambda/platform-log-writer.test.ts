import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  platformLogWriter,
  type InvocationFacts,
  type PlatformLogWriter,
} from '../../../src/emulator/lambda/platform-log-writer.ts';

const REQUEST_ID = '8d5958b5-559f-43f3-b278-b71dd7dd0e01';
const AT_MS = Date.UTC(2026, 9, 8, 7, 30, 29, 470);

const style = {
  functionName: 'notifier',
  functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:notifier',
  systemLogLevel: 'INFO',
} as const;
const text = platformLogWriter({ ...style, logFormat: 'Text' });
const json = platformLogWriter({ ...style, logFormat: 'JSON' });

const warm: InvocationFacts = {
  requestId: REQUEST_ID,
  version: '$LATEST',
  memoryMb: 1024,
  maxMemoryUsedMb: 95,
  durationMs: 2.46,
  initMs: null,
  status: 'success',
  errorType: null,
};

// Lines observed on AWS (platform-logs.json: sources and dates there), request ids aside.
describe('the text log', () => {
  test.each<[string, Partial<InvocationFacts>, string]>([
    [
      'warm',
      { durationMs: 26.73, memoryMb: 128, maxMemoryUsedMb: 75 },
      'Duration: 26.73 ms\tBilled Duration: 27 ms\tMemory Size: 128 MB\tMax Memory Used: 75 MB\t\n',
    ],
    [
      'cold, init billed',
      { initMs: 413.61 },
      'Duration: 2.46 ms\tBilled Duration: 417 ms\tMemory Size: 1024 MB\tMax Memory Used: 95 MB\tInit Duration: 413.61 ms\t\n',
    ],
    [
      'crash after an init',
      {
        durationMs: 133.61,
        initMs: 80,
        memoryMb: 128,
        maxMemoryUsedMb: 31,
        status: 'error',
        errorType: 'Runtime.ExitError',
      },
      'Duration: 133.61 ms\tBilled Duration: 214 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\tInit Duration: 80.00 ms\tStatus: error\tError Type: Runtime.ExitError\n',
    ],
    [
      'import error',
      {
        durationMs: 95.78,
        memoryMb: 512,
        maxMemoryUsedMb: 39,
        status: 'error',
        errorType: 'Runtime.ImportModuleError',
      },
      'Duration: 95.78 ms\tBilled Duration: 96 ms\tMemory Size: 512 MB\tMax Memory Used: 39 MB\tStatus: error\tError Type: Runtime.ImportModuleError\n',
    ],
    [
      'timeout',
      { durationMs: 3016.78, initMs: 84, memoryMb: 128, maxMemoryUsedMb: 31, status: 'timeout' },
      'Duration: 3016.78 ms\tBilled Duration: 3101 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\tInit Duration: 84.00 ms\tStatus: timeout\n',
    ],
    [
      'out of memory',
      {
        durationMs: 10935.7,
        maxMemoryUsedMb: 1024,
        status: 'error',
        errorType: 'Runtime.OutOfMemory',
      },
      'Duration: 10935.70 ms\tBilled Duration: 10936 ms\tMemory Size: 1024 MB\tMax Memory Used: 1024 MB\tStatus: error\tError Type: Runtime.OutOfMemory\n',
    ],
    [
      "a handler's own error",
      { status: 'error', durationMs: 79.67 },
      'Duration: 79.67 ms\tBilled Duration: 80 ms\tMemory Size: 1024 MB\tMax Memory Used: 95 MB\t\n',
    ],
    [
      'memory used unknown',
      { maxMemoryUsedMb: null },
      'Duration: 2.46 ms\tBilled Duration: 3 ms\tMemory Size: 1024 MB\t\n',
    ],
  ])('REPORT: %s', (_name, facts, expected) => {
    expect(text.report({ ...warm, ...facts }, AT_MS)).toBe(
      `REPORT RequestId: ${REQUEST_ID}\t${expected}`,
    );
  });

  test('the other lines', () => {
    expect(text.start(warm, AT_MS)).toBe(`START RequestId: ${REQUEST_ID} Version: $LATEST\n`);
    expect(text.end(warm, AT_MS)).toBe(`END RequestId: ${REQUEST_ID}\n`);
    expect(
      text.initStart(
        {
          runtimeVersion: 'provided:al2023.v97',
          runtimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:c417',
          version: '$LATEST',
          memoryMb: 128,
          phase: 'init',
        },
        AT_MS,
      ),
    ).toBe(
      'INIT_START Runtime Version: provided:al2023.v97\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:c417\n',
    );
    const failed = { phase: 'invoke', status: 'error', initMs: 83.58 } as const;
    expect(text.initReport({ ...failed, errorType: 'Runtime.ImportModuleError' }, AT_MS)).toBe(
      'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError\n',
    );
    expect(
      text.initReport(
        { phase: 'init', status: 'timeout', initMs: 1236.04, errorType: null },
        AT_MS,
      ),
    ).toBe('INIT_REPORT Init Duration: 1236.04 ms\tPhase: init\tStatus: timeout\n');
    expect(
      text.initReport({ phase: 'init', status: 'success', initMs: 80, errorType: null }, AT_MS),
    ).toBe('');
  });
});

// An event line of October 2026 from a public log, names and ids changed.
describe('the JSON log', () => {
  test('a cold report', () => {
    const facts = {
      ...warm,
      memoryMb: 256,
      maxMemoryUsedMb: 123,
      durationMs: 1233.96,
      initMs: 463.512,
    };
    expect(json.report(facts, AT_MS)).toBe(
      `{"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"${REQUEST_ID}","metrics":{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":256,"maxMemoryUsedMB":123,"initDurationMs":463.512},"status":"success"}}\n`,
    );
  });

  test('a start', () => {
    expect(json.start(warm, AT_MS)).toBe(
      `{"time":"2026-10-08T07:30:29.470Z","type":"platform.start","record":{"requestId":"${REQUEST_ID}","functionArn":"${style.functionArn}","version":"$LATEST"}}\n`,
    );
  });

  test('an init', () => {
    const line = json.initStart(
      {
        runtimeVersion: 'nodejs:22.mainline.v122',
        runtimeVersionArn: 'arn:aws:lambda:eu-central-1::runtime:775d',
        version: '$LATEST',
        memoryMb: 256,
        phase: 'init',
        instanceId: '2026/10/08/notifier[$LATEST]22be',
      },
      AT_MS,
    );
    expect(line).toBe(
      '{"time":"2026-10-08T07:30:29.470Z","type":"platform.initStart","record":{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:22.mainline.v122","runtimeVersionArn":"arn:aws:lambda:eu-central-1::runtime:775d","functionName":"notifier","functionVersion":"$LATEST","instanceId":"2026/10/08/notifier[$LATEST]22be","instanceMaxMemory":268435456}}\n',
    );
  });

  // The Developer Guide's table "system log level event mapping".
  const outcomes = {
    success: warm,
    crash: { ...warm, status: 'error', errorType: 'Runtime.ExitError' },
    timeout: { ...warm, status: 'timeout' },
  } as const satisfies Record<string, InvocationFacts>;
  const init = { phase: 'init', initMs: 80, errorType: null } as const;
  const events: Record<string, (log: PlatformLogWriter) => string> = {
    start: (log) => log.start(warm, AT_MS),
    'report of a success': (log) => log.report(outcomes.success, AT_MS),
    'report of a crash': (log) => log.report(outcomes.crash, AT_MS),
    'report of a timeout': (log) => log.report(outcomes.timeout, AT_MS),
    'runtimeDone of a success': (log) => log.end(outcomes.success, AT_MS),
    'runtimeDone of a timeout': (log) => log.end(outcomes.timeout, AT_MS),
    'initReport of a success': (log) => log.initReport({ ...init, status: 'success' }, AT_MS),
    'initReport of a timeout': (log) => log.initReport({ ...init, status: 'timeout' }, AT_MS),
  };
  test.each([
    ['start', 'INFO'],
    ['report of a success', 'INFO'],
    ['report of a crash', 'WARN'],
    ['report of a timeout', 'WARN'],
    ['runtimeDone of a success', 'DEBUG'],
    ['runtimeDone of a timeout', 'WARN'],
    ['initReport of a success', 'DEBUG'],
    ['initReport of a timeout', 'WARN'],
  ])('%s is %s', (event, level) => {
    const levels = ['DEBUG', 'INFO', 'WARN'] as const;
    const printedAt = levels.filter(
      (systemLogLevel) =>
        events[event]?.(platformLogWriter({ ...style, logFormat: 'JSON', systemLogLevel })) !== '',
    );
    expect(printedAt).toEqual(levels.slice(0, levels.indexOf(level as 'DEBUG') + 1));
  });

  test('every line is JSON with time, type and record', () => {
    const debug = platformLogWriter({ ...style, logFormat: 'JSON', systemLogLevel: 'DEBUG' });
    const lines = Object.values(events).flatMap((event) => event(debug).trim().split('\n'));
    for (const line of lines) {
      expect(Object.keys(JSON.parse(line) as object)).toEqual(['time', 'type', 'record']);
    }
  });
});

test('what is printed adds up: billed = ceil(duration + init), in both formats', () => {
  const ms = fc.oneof(
    fc.double({ min: 0, max: 900_000, noNaN: true }),
    // Halfway between two printed values, where roundings differ.
    fc.integer({ min: 0, max: 900_000_000 }).map((thousandths) => thousandths / 1000),
  );
  fc.assert(
    fc.property(ms, fc.option(ms), (durationMs, initMs) => {
      const facts = { ...warm, durationMs, initMs };
      // Hundredths and thousandths as whole numbers, so that the check itself has no rounding.
      const fields = /\tDuration: (\d+)\.(\d\d) ms\tBilled Duration: (\d+) ms/.exec(
        text.report(facts, AT_MS).replace(REQUEST_ID, ''),
      );
      const init = /Init Duration: (\d+)\.(\d\d) ms/.exec(text.report(facts, AT_MS));
      const hundredths =
        BigInt(`${fields?.[1]}${fields?.[2]}`) + BigInt(`${init?.[1] ?? '0'}${init?.[2] ?? '00'}`);
      expect(BigInt(fields?.[3] ?? -1)).toBe((hundredths + 99n) / 100n);

      const event = JSON.parse(json.report(facts, AT_MS)) as {
        record: {
          metrics: { durationMs: number; billedDurationMs: number; initDurationMs?: number };
        };
      };
      const { metrics } = event.record;
      const thousandths =
        Math.round(metrics.durationMs * 1000) + Math.round((metrics.initDurationMs ?? 0) * 1000);
      expect(metrics.billedDurationMs).toBe(Math.ceil(thousandths / 1000));
    }),
  );
});
