import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { FunctionHost } from '../../../src/emulator/lambda/function-host.ts';
import { invoke, numberOf, openHost, startHost } from './start-host.ts';

const { pythons } = inject('machine');

// What awslambdaric 4.0.1 (2026-06) with simplejson 4.1 answered and logged for the same handler (2026-11-28).
describe.each(pythons)('the runtime of a handler in Python (%s)', (python) => {
  let host: FunctionHost;
  beforeAll(async () => (host = await openHost('python/app.py', { python })));
  afterAll(() => host.close());
  const ask = (event: unknown, change: Parameters<typeof invoke>[1] = {}) =>
    invoke(host, { event, ...change });

  test.each([
    ['decimal', '{"price": 1.10, "large": 1E+2}'],
    ['odd decimals', '[NaN, -Infinity, NaN]'],
    ['many digits', '0.1000000000000000000000000000000000001'],
    ['bytes', '{"made": "by hand"}'],
    ['named tuple', '{"place": {"row": 3, "seat": {"row": 1, "seat": "c"}}, "tuple": [1, 2]}'],
    ['odd keys', '{"1": "yes", "null": "none", "1.5": "half"}'],
    ['nothing', 'null'],
    ['text of a number', '{"a": "1", "b": "1:0"}'],
    ['empty', '[{}, [], [], ""]'],
  ])('An answer of Python is written as awslambdaric writes it: %s', async (what, answer) => {
    const { functionError, text } = await ask({ do: 'answers', what });
    expect([functionError, text]).toEqual([null, answer]);
  });

  test('Bytes inside of an answer of Python are text, and other characters stay what they are', async () => {
    const { json } = await ask({ do: 'answers', what: 'bytes inside' });
    expect(json).toEqual({ text: 'é', key: ['x'] });
    expect((await ask({ do: 'answers', what: 'characters' })).json).toBe('é\u2028\n"');
  });

  test.each([
    ['date', 'Object of type datetime is not JSON serializable'],
    ['set', 'Object of type set is not JSON serializable'],
    ['key', 'keys must be str, int, float, bool or None, not tuple'],
    ['circular', 'Circular reference detected'],
    ['no UTF-8', "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"],
    ['object', 'Object of type type is not JSON serializable'],
  ])('An answer of Python that has no JSON is a Runtime.MarshalError: %s', async (what, why) => {
    const { functionError, json, requestId } = await ask({ do: 'refuses', what });
    expect(functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorMessage: `Unable to marshal response: ${why}`,
      errorType: 'Runtime.MarshalError',
      requestId,
      stackTrace: [],
    });
  });

  // The example of "AWS Lambda function errors in Python" (Developer Guide, 2026-11), with the request id that
  // the runtime has added since.
  test('An exception of Python has the shape that Lambda documents, and is one line of the log', async () => {
    const { functionError, json, requestId, lines, report } = await ask({ do: 'name_error' });
    expect(functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorMessage: "name 'x' is not defined",
      errorType: 'NameError',
      requestId,
      stackTrace: [
        expect.stringMatching(
          /^ {2}File "\/.*\/app\.py", line \d+, in lambda_handler\n {4}return globals/,
        ) as string,
        expect.stringMatching(
          /^ {2}File "\/.*\/app\.py", line \d+, in name_error\n {4}return x \+ 10\n$/,
        ) as string,
      ],
    });
    const told = lines.filter((line) => line.startsWith('[ERROR]'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      /^\[ERROR\] NameError: name 'x' is not defined\rTraceback \(most recent call last\):\r\u00a0\u00a0File "/,
    );
    expect(told[0]).toMatch(/, in name_error\r\u00a0\u00a0\u00a0\u00a0return x \+ 10$/);
    expect(report).not.toHaveProperty('Status');
    expect(Object.keys(json)).toEqual(['errorMessage', 'errorType', 'requestId', 'stackTrace']);
  });

  test('An exception of Python that has a cause tells itself alone, and the environment is used again', async () => {
    const first = await ask({ do: 'nested' });
    expect(first.json).toMatchObject({
      errorType: 'OrderMissing',
      errorMessage: 'no order\nof that id',
    });
    expect((await ask({ do: 'nested' })).report).not.toHaveProperty('Init Duration');
  });

  test('A handler in Python finds its event, its folder, its modules and the same interpreter around it', async () => {
    const { json } = await ask({ do: 'tells', order: 7 });
    const { variables, path } = json as {
      variables: Record<string, string>;
      path: readonly string[];
    };
    const root = expect.stringMatching(/test\/data\/handlers\/python$/) as string;
    expect(json).toMatchObject({
      event: { do: 'tells', order: 7 },
      beside: 'found beside',
      cwd: root,
      encodings: ['utf-8', 'utf-8'],
      temporary: variables['TMPDIR'],
    });
    expect(path[0]).toEqual(root);
    expect(path.filter((folder) => folder.includes('emulator'))).toEqual([]);
    expect(variables).toMatchObject({
      _HANDLER: 'app.lambda_handler',
      LAMBDA_TASK_ROOT: root,
      AWS_EXECUTION_ENV: `AWS_Lambda_python3.${String(json['python']).trim()}`,
      AWS_LAMBDA_LOG_FORMAT: 'Text',
    });
    expect(variables).not.toHaveProperty('AWS_LAMBDA_LOG_LEVEL');
  });

  // "Using the Lambda context object to retrieve Python function information" (Developer Guide, 2026-11).
  test('The context of Python has all its members, and the time that remains', async () => {
    const { json, requestId } = await ask(
      { do: 'shows_context' },
      {
        clientContext:
          '{"client":{"installation_id":"i","app_title":"t","app_version_name":"n","app_version_code":"c","app_package_name":"p"},"custom":{"name":"Zoë"},"env":{"locale":"de"}}',
      },
    );
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
    expect(json).toMatchObject({
      members: {
        aws_request_id: requestId,
        log_group_name: '/aws/lambda/orders',
        log_stream_name: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\]/) as string,
        function_name: 'orders',
        memory_limit_in_mb: '1769',
        function_version: '$LATEST',
        invoked_function_arn: arn,
      },
      identity: [null, null],
      client: {
        installation_id: 'i',
        app_title: 't',
        app_version_name: 'n',
        app_version_code: 'c',
        app_package_name: 'p',
        custom: { name: 'Zoë' },
        env: { locale: 'de' },
      },
      remaining: [expect.any(Number), 'int'],
      trace: expect.stringMatching(/^Root=1-/) as string,
    });
    const [remainingMs] = json['remaining'] as [number];
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(20_000);
    expect((await ask({ do: 'shows_context' })).json['client']).toBeNull();
  });

  test('What Python prints and logs stays in its order, with level and request id', async () => {
    const { log, requestId, text } = await ask({ do: 'logs' });
    expect(text).toBe('30');
    const own = log.slice(log.indexOf('printed'), log.indexOf('END '));
    expect(own.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME')).toBe(
      [
        'printed',
        `[WARNING]\tTIME\t${requestId}\twarned twice`,
        'to stderr',
        'without end',
        `[ERROR]\tTIME\t${requestId}\tat the root`,
        `[ERROR]\tTIME\t${requestId}\tfailed`,
        'Traceback (most recent call last):',
        expect.stringContaining('line') as unknown as string,
        '    raise OrderMissing("gone")',
        'app.OrderMissing: gone',
        'by the context',
        'raw',
        '',
      ]
        .map((line, at) =>
          at === 7 ? (/^ {2}File "\/.*", line \d+, in logs$/m.exec(own)?.[0] ?? '') : line,
        )
        .join('\n'),
    );
  });

  // "Log and monitor Python Lambda functions", advanced logging controls (Developer Guide, 2026-11).
  test('Python logs JSON where the function does, from its level on', async () => {
    const settings = { version: '2', logFormat: 'JSON' as const, applicationLogLevel: 'DEBUG' };
    const { lines, requestId, text } = await ask({ do: 'logs' }, { settings });
    expect(text).toBe('10');
    const entries = lines.flatMap((line) =>
      line.startsWith('{"timestamp"') ? [JSON.parse(line) as Record<string, unknown>] : [],
    );
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
    const head = { timestamp, requestId };
    expect(entries).toEqual([
      { ...head, level: 'WARNING', message: 'warned twice', logger: 'orders' },
      { ...head, level: 'DEBUG', message: 'never seen', logger: 'orders' },
      { ...head, level: 'ERROR', message: 'at the root', logger: 'root', order: 7, lines: [1, 2] },
      {
        ...head,
        level: 'ERROR',
        message: 'failed',
        logger: 'orders',
        stackTrace: [expect.stringContaining('raise OrderMissing("gone")')],
        errorType: 'OrderMissing',
        errorMessage: 'gone',
        location: expect.stringMatching(/\/app\.py:logs:\d+$/) as string,
      },
    ]);
    expect(lines).toContain('printed');
    const failed = await ask({ do: 'name_error' }, { settings });
    const told = failed.lines.find((line) => line.startsWith('{"timestamp"')) ?? '';
    expect(JSON.parse(told)).toEqual({ timestamp, log_level: 'ERROR', ...failed.json });
  });

  test.each([
    [3, 'exit status 3'],
    ['why', 'exit status 1'],
    [null, null],
  ])('sys.exit(%j) ends the process, as on Lambda', async (status, ending) => {
    const { functionError, json, report, log, requestId } = await ask({ do: 'exits', status });
    const said =
      ending === null
        ? 'Runtime exited without providing a reason'
        : `Runtime exited with error: ${ending}`;
    expect(functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: ${said}`,
    });
    expect(report).toMatchObject({ Status: 'error', 'Error Type': 'Runtime.ExitError' });
    expect(log).toContain('before\n');
    if (status === 'why') expect(log).toContain('\nwhy\n');
  });

  test('An answer of Python that is too large is told, and ends the process, as on Lambda', async () => {
    const { json, log } = await ask({ do: 'answers_too_much' });
    expect(json).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
    expect(log).toMatch(
      /\[ERROR\] \[\d{13}\] LAMBDA_RUNTIME Failed to post handler success response\. Http response code: 413\./,
    );
    const event = { do: 'echoes', text: 'é'.repeat(900_000) };
    expect((await ask(event)).json).toEqual(event);
  });

  test('A handler in Python is ended at its timeout', async () => {
    const settings = { version: '3', timeoutSeconds: 1 };
    const { json, requestId } = await ask({ do: 'sleeps', s: 60 }, { settings });
    expect(json).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
    });
  });

  test('A thread that a Python handler leaves behind stands still between events, and goes on with the next', async () => {
    await ask({ do: 'leaves_thread', most: 1_000_000 });
    const frozenSince = Date.now() / 1000;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const thawedAt = Date.now() / 1000;
    const { json } = await ask({ do: 'counts' });
    const times = json as unknown as readonly number[];
    // Freezing takes a moment, which may be long on a busy machine; whatever it is, the thread has a gap.
    expect(times.filter((at) => at > thawedAt).length).toBeGreaterThan(0);
    expect(times.filter((at) => at > frozenSince + 0.2 && at < thawedAt)).toEqual([]);
    await ask({ do: 'exits_at_once' });
  });
});

/** An init that fails does so twice: in its own phase, and again in the invocation. */
describe.skipIf(pythons.length === 0)('the init of a handler in Python', () => {
  test.each([
    [
      'missing_import.py',
      'Runtime.ImportModuleError',
      /^Unable to import module 'missing_import': No module named 'no_such_package'$/,
    ],
    ['app.py#none', 'Runtime.HandlerNotFound', /^Handler 'none' missing on module 'app'$/],
    [
      'time.py',
      'Runtime.BuiltInModuleConflict',
      /^Cannot use built-in module time as a handler module$/,
    ],
    [
      'broken_syntax.py',
      'Runtime.UserCodeSyntaxError',
      /^Syntax error in module 'broken_syntax': .* \(broken_syntax\.py, line \d\)$/,
    ],
    ['raises_at_import.py', 'JSONDecodeError', /^Expecting value: line 1 column 1 \(char 0\)$/],
  ])('%s fails with the type and the trace of Lambda', async (handler, type, message) => {
    const host = await startHost(`python/${handler}`);
    const { functionError, json, log, report } = await invoke(host);
    expect(functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorMessage: expect.stringMatching(message) as string,
      errorType: type,
      requestId: '',
      stackTrace: expect.any(Array) as string[],
    });
    const stack = (json['stackTrace'] as readonly string[]).join('');
    if (type === 'Runtime.UserCodeSyntaxError') {
      expect(stack).toMatch(/^ {2}File "\/.*\/broken_syntax\.py" Line \d\n {4}/);
    } else if (type === 'JSONDecodeError') {
      expect(stack).toMatch(/raises_at_import\.py", line 8, in <module>\n {4}read\(\)\n/);
      expect(stack).not.toContain('python-runtime.py');
    } else expect(stack).toBe('');
    for (const phase of ['init', 'invoke']) {
      expect(log).toMatch(
        new RegExp(`^INIT_REPORT .*\tPhase: ${phase}\tStatus: error\tError Type: ${type}$`, 'm'),
      );
    }
    expect(report).toMatchObject({ Status: 'error', 'Error Type': type });
  });

  test('A module in Python that ends its process while it is imported has exited', async () => {
    const { json } = await invoke(await startHost('python/exits_at_import.py'));
    expect(json).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 3') as string,
    });
  });
});

describe.skipIf(pythons.length === 0)('what a handler in Python uses', () => {
  test.each(['linux', 'posix'] as const)('is measured by the %s meter', async (meter) => {
    if (meter === 'linux' && process.platform !== 'linux') return;
    const host = await startHost('python/app.py', { meter, cpu: 'settle' });
    const held = await invoke(host, { event: { do: 'holds', mb: 100 } });
    expect(held.json).toBe(100);
    expect(numberOf(held.report, 'Max Memory Used')).toBeGreaterThanOrEqual(100);
    expect(numberOf(held.report, 'Max Memory Used')).toBeLessThan(200);
    // Half a vCPU: settling makes at least twice the processor time of it, whatever else the machine does.
    const settings = { memoryMb: 884, version: '2' };
    const spent = await invoke(host, { settings, event: { do: 'spends', cpuMs: 100 } });
    const cpuMs = spent.json as unknown as number;
    expect(numberOf(spent.report, 'Duration')).toBeGreaterThan(cpuMs * 2 - 10);
    const killed = await invoke(host, {
      settings: { memoryMb: 256, version: '3' },
      event: { do: 'holds', mb: 300 },
    });
    expect(killed.report).toMatchObject({ 'Error Type': 'Runtime.OutOfMemory' });
  });
});
