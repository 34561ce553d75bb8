import { expect, onTestFinished, test, vi } from 'vitest';
import { stateOf } from './processes.ts';
import { invoke, METERS, startHost } from './start-host.ts';

/** Until its parent has taken notice of its end. */
const isAlive = (pid: number) => stateOf(pid) !== null;

interface When {
  readonly fromMs: number;
  readonly toMs: number;
  readonly pid: number;
}

async function tellWhen(
  host: Awaited<ReturnType<typeof startHost>>,
  memoryMb: number,
  ms: number,
): Promise<When & { readonly memoryMb: number }> {
  const { text } = await invoke(host, {
    settings: { memoryMb, version: String(memoryMb) },
    event: { ms },
  });
  return { ...(JSON.parse(text) as When), memoryMb };
}

test('a new environment is started when all are busy, and idle ones are used again', async () => {
  const host = await startHost('endings.mjs#tellsWhen', { cores: 8, cpu: 'settle' });
  const together = () => Promise.all([1, 2, 3].map(() => tellWhen(host, 512, 200)));
  const first = new Set((await together()).map(({ pid }) => pid));
  expect(first.size).toBe(3);
  const again = new Set((await together()).map(({ pid }) => pid));
  expect(again).toEqual(first);
});

test.each(['auto', 'settle'] as const)(
  'the shares under way never exceed the cores: %s',
  async (cpu) => {
    const cores = 2;
    const host = await startHost('endings.mjs#tellsWhen', { cores, cpu });
    const sizes = [1769, 3538, 884, 884, 1769, 442, 442, 442, 1769, 1327];
    const runs = await Promise.all(sizes.map((memoryMb) => tellWhen(host, memoryMb, 60)));
    const share = ({ memoryMb }: { readonly memoryMb: number }) =>
      host.cpu === 'settle' ? Math.max(1, memoryMb / 1769) : memoryMb / 1769;
    // The sum can only be at its largest when one of them starts.
    for (const { fromMs } of runs) {
      const underWay = runs.filter((run) => run.fromMs <= fromMs && fromMs < run.toMs);
      expect(underWay.reduce((sum, run) => sum + share(run), 0)).toBeLessThanOrEqual(cores + 1e-9);
    }
  },
);

test('sizes that buy more processors than there are, are refused with the reason', async () => {
  const host = await startHost('endings.mjs#returnsNothing', { cores: 2, cpu: 'settle' });
  // 2 × 1,769.
  expect(host.maxMemoryMb).toBe(3538);
  expect(host.refuses(3538)).toBeNull();
  expect(host.refuses(4096)).toBe(
    '4096 MB buys 2.32 vCPUs on Lambda, and this machine has 2. ' +
      'Here sizes up to 3538 MB can be emulated.',
  );
  await expect(invoke(host, { settings: { memoryMb: 4096 } })).rejects.toThrow('2.32 vCPUs');
  const large = await startHost('endings.mjs#returnsNothing', { cores: 64, cpu: 'settle' });
  expect(large.maxMemoryMb).toBe(10_240);
});

test('a changed function gets new environments, and the old ones end', async () => {
  const host = await startHost('endings.mjs#answers');
  const pid = async (revisionId: string) =>
    Number((await invoke(host, { settings: { revisionId } })).json['pid']);
  const before = await pid('1');
  const after = await pid('2');
  expect(after).not.toBe(before);
  await expect.poll(() => isAlive(before)).toBe(false);
  expect(await pid('2')).toBe(after);
});

test('the environments of a retired version end, idle ones at once and busy ones when they are done', async () => {
  const host = await startHost('endings.mjs#tellsWhen', { cores: 4, cpu: 'settle' });
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
  const idle = await tellWhen(host, 512, 0);
  const other = await tellWhen(host, 513, 0);
  await host.retire(arn, '512');
  expect(isAlive(idle.pid)).toBe(false);
  expect(isAlive(other.pid)).toBe(true);

  const busy = tellWhen(host, 513, 300);
  await host.retire(arn, '513');
  expect(isAlive((await busy).pid)).toBe(false);
});

test('only so many environments wait, and every version keeps one as long as it can', async () => {
  const host = await startHost('endings.mjs#tellsWhen', { cores: 8, cpu: 'settle', maxIdle: 2 });
  const one = await tellWhen(host, 600, 0);
  const many = await Promise.all([1, 2, 3].map(() => tellWhen(host, 601, 100)));
  expect(isAlive(one.pid)).toBe(true);
  expect(many.filter(({ pid }) => isAlive(pid))).toHaveLength(1);
});

test('a waiting process that is killed from outside is started again', async () => {
  const host = await startHost('endings.mjs#answers');
  const { json } = await invoke(host);
  process.kill(Number(json['pid']), 'SIGKILL');
  await expect.poll(() => isAlive(Number(json['pid']))).toBe(false);
  const { functionError, json: second } = await invoke(host);
  expect(functionError).toBeNull();
  expect(second['calls']).toBe(1);
});

test.each([
  ...METERS.map((meter) => [meter, 'auto'] as const),
  ...METERS.map((meter) => [meter, 'settle'] as const).filter(([meter]) => meter === 'linux'),
])(
  'a process that waits for an invocation is stopped with all that it started: %s meter, %s',
  async (meter, cpu) => {
    const host = await startHost('endings.mjs#startsChildren', { cpu, meter });
    const { json } = await invoke(host);
    const states = () => (json['pids'] as readonly number[]).map(stateOf);
    // T: stopped by a signal.
    await expect.poll(states).toEqual(['T', 'T', 'T', 'T']);
  },
);

test('a handler sees Lambda’s variables and the function’s own, and no variable of the caller', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'of-the-caller');
  vi.stubEnv('SOME_TOKEN', 'of-the-caller');
  vi.stubEnv('PASSED_ON', 'on purpose');
  onTestFinished(() => void vi.unstubAllEnvs());
  const host = await startHost('endings.mjs#variables', {
    passEnvironment: ['PASSED_ON', 'NOT_SET'],
  });
  const { json } = await invoke(host, {
    settings: {
      memoryMb: 512,
      version: '3',
      environment: { TABLE: 'orders', LANG: 'C', AWS_LAMBDA_FUNCTION_NAME: 'no' },
    },
  });
  const {
    PATH,
    HOME,
    TMPDIR,
    POWERDIAL_ENVIRONMENT,
    LAMBDA_TASK_ROOT,
    LAMBDA_RUNTIME_DIR,
    ...rest
  } = json as Record<string, string>;
  expect(PATH).toBe(process.env['PATH']);
  expect(HOME).toBe(TMPDIR);
  expect(POWERDIAL_ENVIRONMENT).toMatch(/^powerdial-/);
  // The nearest folder with a package.json.
  expect(LAMBDA_TASK_ROOT).toBe(process.cwd());
  expect(LAMBDA_RUNTIME_DIR).toMatch(/test\/data\/handlers$/);
  expect(rest).toEqual({
    _HANDLER: 'test/data/handlers/endings.variables',
    _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/) as string,
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0] ?? ''}.x`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_FUNCTION_NAME: 'orders',
    AWS_LAMBDA_FUNCTION_VERSION: '3',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'Text',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/orders',
    AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(
      /^\d{4}\/\d\d\/\d\d\/\[3\][0-9a-f]{32}$/,
    ) as string,
    AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
    AWS_REGION: 'eu-west-1',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LANG: 'C',
    PASSED_ON: 'on purpose',
    PWD: LAMBDA_TASK_ROOT,
    TABLE: 'orders',
    TZ: ':UTC',
  });
});

test('each environment has a folder of its own for temporary files', async () => {
  const host = await startHost('endings.mjs#tellsTemporary');
  const { json: one } = await invoke(host, { settings: { version: '1' } });
  const { json: two } = await invoke(host, { settings: { version: '2' } });
  expect(one['tmpdir']).not.toBe(two['tmpdir']);
  expect(one['cwd']).toBe(process.cwd());
});

test('Node gets the memory options that Lambda’s start script gives it', async () => {
  const host = await startHost('endings.mjs#arguments_');
  const { json } = await invoke(host, { settings: { memoryMb: 1000 } });
  // 10 % for new objects in two halves, the rest for old ones.
  expect(json).toEqual([
    '--expose-gc',
    '--max-http-header-size=81920',
    '--max-semi-space-size=50',
    '--max-old-space-size=900',
  ]);
});
