import { expect, test } from 'vitest';
import { invoke, numberOf, startHost } from './start-host.ts';

/** What the lines of a log are, in their order. */
const kinds = (lines: readonly string[]) =>
  lines.flatMap((line) => /^(INIT_START|INIT_REPORT|START|END|REPORT) /.exec(line)?.[1] ?? []);

test.each([
  ['broken-syntax.mjs', 'Runtime.UserCodeSyntaxError', /^SyntaxError: Unexpected end of input/],
  [
    'missing-import.mjs',
    'Runtime.ImportModuleError',
    /^Error.*: Cannot find module .*nowhere\.mjs/,
  ],
  [
    'missing-require.cjs',
    'Runtime.ImportModuleError',
    /^Error: Cannot find module 'no-such-package/,
  ],
  ['throws-at-load.mjs', 'Error', /^not today$/],
  [
    'endings.mjs#nowhere',
    'Runtime.HandlerNotFound',
    /^endings\.nowhere is undefined or not exported$/,
  ],
  [
    'endings.mjs#notAFunction',
    'Runtime.HandlerNotFound',
    /^endings\.notAFunction is not a function$/,
  ],
])('%s fails twice: in its init, and again in the invocation', async (handler, type, message) => {
  const host = await startHost(handler);
  const { functionError, json, lines, log, report } = await invoke(host);
  expect(functionError).toBe('Unhandled');
  expect(json).toEqual({
    errorType: type,
    errorMessage: expect.stringMatching(message) as string,
    trace: expect.any(Array) as string[],
  });
  expect(kinds(lines)).toEqual([
    'INIT_START',
    'INIT_REPORT',
    'INIT_REPORT',
    'START',
    'END',
    'REPORT',
  ]);
  expect(log).toMatch(
    new RegExp(
      String.raw`^INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error\tError Type: ${type}$`,
      'm',
    ),
  );
  expect(log).toMatch(
    new RegExp(
      String.raw`^INIT_REPORT Init Duration: [\d.]+ ms\tPhase: invoke\tStatus: error\tError Type: ${type}$`,
      'm',
    ),
  );
  expect(log).toContain('\tundefined\tERROR\tUncaught Exception \t{"errorType"');
  expect(report).toMatchObject({ Status: 'error', 'Error Type': type });
  expect(report).not.toHaveProperty('Init Duration');

  // From now on the init belongs to the invocations.
  expect(kinds((await invoke(host)).lines)).toEqual(['INIT_REPORT', 'START', 'END', 'REPORT']);
});

test('a process that ends in its init is an exit', async () => {
  const host = await startHost('exits-at-load.mjs');
  const { requestId, json, report } = await invoke(host);
  expect(json).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 7`,
  });
  expect(report).toMatchObject({ Status: 'error', 'Error Type': 'Runtime.ExitError' });
});

test('memory that fills up in the init kills', async () => {
  const host = await startHost('fills-memory-at-load.mjs');
  const { log, report } = await invoke(host, { settings: { memoryMb: 256 } });
  expect(log).toMatch(/Phase: init\tStatus: error\tError Type: Runtime\.OutOfMemory/);
  expect(report).toMatchObject({
    'Max Memory Used': '256 MB',
    'Error Type': 'Runtime.OutOfMemory',
  });
});

test('an init over its limit runs again inside the invocation, hidden in its duration', async () => {
  const host = await startHost('slow-first-start', { initLimitMs: 800 });
  const { functionError, lines, log, report } = await invoke(host, { event: {} });
  expect(functionError).toBeNull();
  expect(kinds(lines)).toEqual(['INIT_START', 'INIT_REPORT', 'START', 'END', 'REPORT']);
  const first = /^INIT_REPORT Init Duration: ([\d.]+) ms\tPhase: init\tStatus: timeout$/m.exec(log);
  expect(Number(first?.[1])).toBeGreaterThanOrEqual(799);
  expect(report).not.toHaveProperty('Init Duration');
  expect(report).not.toHaveProperty('Status');
  // The program behind it is in Node, which cannot start in less; its answer takes no time.
  expect(numberOf(report, 'Duration')).toBeGreaterThan(10);
});

test('an init that never ends takes the function to its timeout', async () => {
  const host = await startHost('never-loads.mjs', { initLimitMs: 300 });
  const { json, log, report } = await invoke(host, { settings: { timeoutSeconds: 1 } });
  expect(json).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(log).toMatch(/Phase: init\tStatus: timeout\n/);
  expect(log).toMatch(/Phase: invoke\tStatus: timeout\n/);
  expect(report).toMatchObject({ Duration: '1000.00 ms', Status: 'timeout' });
});
