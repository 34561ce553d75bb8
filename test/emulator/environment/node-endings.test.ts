import { describe, expect, test } from 'vitest';
import { invoke, startHost } from './start-host.ts';

/** `<time>\t<request id>\t<level>\t<message>` as Lambda's Node runtimes print it. */
const logLine = (requestId: string, level: string, message: string) =>
  new RegExp(
    String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t${requestId}\t${level}\t${message}$`,
    'm',
  );

describe('a handler that answers', () => {
  test('gets its event and context, and is reused', async () => {
    const host = await startHost('endings.mjs#answers');
    const first = await invoke(host, {
      event: { order: 7 },
      clientContext: '{"custom":{"name":"Zoë"}}',
    });
    expect(first.functionError).toBeNull();
    expect(first.json).toMatchObject({
      event: { order: 7 },
      calls: 1,
      requestId: first.requestId,
      functionName: 'orders',
      memory: '1769',
      arn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      clientContext: { custom: { name: 'Zoë' } },
    });
    expect(Number(first.json['remainingMs'])).toBeGreaterThan(0);
    expect(Number(first.json['remainingMs'])).toBeLessThanOrEqual(20_000);
    expect(first.lines.map((line) => line.split(' ')[0]?.split('\t')[0])).toEqual([
      'INIT_START',
      'START',
      expect.stringMatching(/^\d{4}-/),
      expect.stringMatching(/^\d{4}-/),
      'END',
      'REPORT',
      '',
    ]);
    expect(first.log).toMatch(logLine(first.requestId, 'INFO', String.raw`one \{ two: 2 \}`));
    expect(first.log).toMatch(logLine(first.requestId, 'ERROR', 'three'));
    expect(first.report).toMatchObject({ 'Memory Size': '1769 MB' });
    expect(first.report).toHaveProperty('Init Duration');
    expect(first.report).not.toHaveProperty('Status');

    const second = await invoke(host, { event: {} });
    expect(second.json).toMatchObject({ calls: 2, pid: first.json['pid'] });
    expect(second.log).not.toContain('INIT_START');
    expect(second.report).not.toHaveProperty('Init Duration');
  });

  test.each([
    ['synchronous', { a: 1 }, '{"synchronous":{"a":1}}'],
    ['callsBack', {}, '"called back"'],
    ['waitsForEmptyLoop', {}, '{"timers":1}'],
    ['doesNotWait', {}, '{"timers":0}'],
    ['succeeds', {}, '"succeeded"'],
    ['isDone', {}, '"done"'],
    ['neverAnswers', {}, 'null'],
    ['returnsNothing', {}, 'null'],
    ['nested.handler', {}, '"nested"'],
    // Invoke without a payload.
    ['echoes', undefined, '{}'],
  ])('%s', async (exportName, event, answer) => {
    const host = await startHost(`endings.mjs#${exportName}`);
    const reply = await invoke(host, { event });
    expect([reply.functionError, reply.text]).toEqual([null, answer]);
    expect((await invoke(host, { event })).text).toBe(answer);
  });

  test('may be CommonJS', async () => {
    const host = await startHost('common.cjs');
    expect((await invoke(host)).json).toEqual({ module: 'common', loadedAs: 'function' });
  });

  test('may answer up to 6 MB, in any characters', async () => {
    const host = await startHost('endings.mjs#echoes');
    const event = { text: 'é'.repeat(2_500_000) };
    expect((await invoke(host, { event })).json).toEqual(event);
  });

  test('may log more than a pipe holds', async () => {
    const host = await startHost('endings.mjs#logsMuch');
    const { log, lines } = await invoke(host);
    // 5,000 lines of about 180 bytes are below the 1 MB that is kept.
    expect(lines.filter((line) => / line \d+ -|\tline \d+ -/.test(line))).toHaveLength(5000);
    expect(log).toMatch(/line 4999 -+\nEND /);
  });
});

describe('a handler that fails', () => {
  test.each([
    ['throwsError', 'TypeError', 'thrown'],
    ['throwsAtOnce', 'SyntaxError', 'thrown at once'],
    ['callsBackWithError', 'RangeError', 'by callback'],
    ['fails', 'Error', 'failed'],
    ['throwsString', 'string', 'a string'],
    ['circular', 'Error', 'Unable to stringify response body'],
    ['neverSettles', 'Runtime.NodeJsExit', expect.stringContaining('never settled')],
  ])('%s and is reused', async (exportName, errorType, errorMessage) => {
    const host = await startHost(`endings.mjs#${exportName}`);
    const first = await invoke(host);
    expect(first.functionError).toBe('Unhandled');
    expect(first.json).toEqual({
      errorType,
      errorMessage: errorMessage as string,
      trace: expect.any(Array) as string[],
    });
    expect(first.log).toMatch(
      logLine(first.requestId, 'ERROR', String.raw`Invoke Error \t\{"errorType":.*`),
    );
    // Lambda's text log does not tell errors that the handler outlives.
    expect(first.report).not.toHaveProperty('Status');
    expect((await invoke(host)).report).not.toHaveProperty('Init Duration');
  });

  test.each([
    ['rejectsElsewhere', 'Runtime.UnhandledPromiseRejection', 'Error: rejected elsewhere'],
    ['throwsElsewhere', 'Error', 'thrown elsewhere'],
  ])('%s and ends its process', async (exportName, errorType, errorMessage) => {
    const host = await startHost(`endings.mjs#${exportName}`);
    const { functionError, json, report } = await invoke(host);
    expect(functionError).toBe('Unhandled');
    expect(json).toMatchObject({ errorType, errorMessage });
    expect(report).toMatchObject({ Status: 'error', 'Error Type': errorType });
  });

  test.each([
    ['exitsWith3', 'Runtime exited with error: exit status 3'],
    ['exitsWith0', 'Runtime exited without providing a reason'],
    ['killsItself', 'Runtime exited with error: signal: segmentation fault'],
  ])('%s', async (exportName, message) => {
    const host = await startHost(`endings.mjs#${exportName}`);
    const { requestId, functionError, json, report, log } = await invoke(host);
    expect(functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: ${message}`,
    });
    expect(report).toMatchObject({ Status: 'error', 'Error Type': 'Runtime.ExitError' });
    expect(log).toContain(`END RequestId: ${requestId}\n`);
  });

  test('is told that its answer is too large', async () => {
    const host = await startHost('endings.mjs#answersTooMuch');
    const { functionError, json } = await invoke(host);
    expect(functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  test.each(['loopsForever', 'sleepsForever'])('%s until its timeout', async (exportName) => {
    const host = await startHost(`endings.mjs#${exportName}`);
    const { requestId, functionError, json, report } = await invoke(host, {
      settings: { timeoutSeconds: 1 },
    });
    expect(functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
    });
    expect(report).toMatchObject({ Duration: '1000.00 ms', Status: 'timeout' });
    expect(report).not.toHaveProperty('Error Type');
  });

  test('starts again inside the next invocation after a crash', async () => {
    const host = await startHost('endings.mjs#crashesOnce');
    const { json: temporary } = await invoke(await startHost('endings.mjs#tellsTemporary'));
    const settings = { environment: { CRASHED_FILE: `${String(temporary['tmpdir'])}.crashed` } };
    expect((await invoke(host, { settings })).functionError).toBe('Unhandled');
    const second = await invoke(host, { settings });
    expect(second.json).toEqual({ calls: 1, initialisedAgain: true });
    // The init hides in the duration: neither INIT_START nor Init Duration tells of it.
    expect(second.log).not.toContain('INIT');
    expect(second.report).not.toHaveProperty('Init Duration');
  });
});

describe('memory', () => {
  test('that fills up kills', async () => {
    const host = await startHost('endings.mjs#fillsMemory');
    const { requestId, functionError, json, report } = await invoke(host, {
      settings: { memoryMb: 256 },
    });
    expect(functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    });
    expect(report).toMatchObject({
      'Memory Size': '256 MB',
      'Max Memory Used': '256 MB',
      Status: 'error',
      'Error Type': 'Runtime.OutOfMemory',
    });
  });

  test('counts also when the answer comes first, and stays the peak', async () => {
    const host = await startHost('endings.mjs#fillsMemoryQuickly');
    const settings = { memoryMb: 512 };
    expect((await invoke(host, { settings, event: { mb: 600 } })).report).toMatchObject({
      'Error Type': 'Runtime.OutOfMemory',
    });
    const used = async (mb: number) =>
      Number.parseInt(
        (await invoke(host, { settings, event: { mb } })).report['Max Memory Used'] ?? '',
      );
    const large = await used(200);
    expect(large).toBeGreaterThan(200);
    expect(large).toBeLessThan(512);
    // Unlike what is used now, the peak does not fall.
    expect(await used(1)).toBeGreaterThanOrEqual(large);
  });
});

test('the JSON log format turns all lines into JSON', async () => {
  const host = await startHost('endings.mjs#answers');
  const { requestId, lines } = await invoke(host, { settings: { logFormat: 'JSON' } });
  const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as object);
  expect(events).toContainEqual({
    timestamp: expect.any(String) as string,
    level: 'INFO',
    requestId,
    message: 'one { two: 2 }',
  });
  expect(events).toContainEqual(
    expect.objectContaining({ level: 'ERROR', requestId, message: 'three' }),
  );
  expect(events).toContainEqual(expect.objectContaining({ type: 'platform.report' }));
});
