import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProposeOptions } from '../../../src/cli/propose/propose-options.ts';
import { runPropose } from '../../../src/cli/propose/run-propose.ts';
import { UsageError } from '../../../src/api/shared/usage-error.ts';
import type { Result } from '../../../src/contract/tune/result.ts';
import { powerdial } from '../powerdial.ts';

const FOLDER = mkdtempSync(path.join(os.tmpdir(), 'powerdial-propose-'));
const at = (name: string): string => path.join(FOLDER, name);
const put = (name: string, content: unknown): string => {
  writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  return at(name);
};
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** A real result; what AWS would say of it beside is filled in by `onAws`. */
let real: Result;
beforeAll(async () => {
  const recording = put('orders.json', {
    name: 'orders',
    memory: {
      '512': { warmMs: [399, 400, 401], initMs: [150], maxMemoryUsedMb: 70 },
      '1024': { warmMs: [199, 200, 201], initMs: [150], maxMemoryUsedMb: 70 },
    },
  });
  const args = ['--memory', '512,1024', '--invocations', '20', '--current', '512MB/30s'];
  const run = ['tune', '--recorded', recording, ...args, '--seed', '1', '--json', '--quiet'];
  real = JSON.parse((await powerdial(...run)).stdout) as Result;
  expect(real.verdict).toBe('change');
  expect(real.recommendation).toMatchObject({ memoryMb: 1024 });
});

const NAME = 'arn:aws:lambda:eu-west-1:123456789012:function:shop-Orders-1A2B3C4D5E6F';
const onAws = (more: Partial<Result> = {}): Result => ({
  ...real,
  emulated: false,
  target: { ...real.target, function: NAME },
  recommendation: { ...real.recommendation, timeoutSeconds: 6 },
  ...more,
});

const TEMPLATE =
  '\uFEFFResources:\r\n  Orders:\r\n    Type: AWS::Serverless::Function\r\n    Properties:\r\n      MemorySize: 512 # by hand\r\n      Timeout: 30\r\n      Handler: a.b';
let template = '';
beforeEach(() => {
  template = put('template.yaml', TEMPLATE);
});

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function propose(results: readonly string[], options: ProposeOptions): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const code = await runPropose(results, options, {
    stdout: { write: (text: string) => (said.stdout += text) },
    stderr: { write: (text: string) => (said.stderr += text) },
  });
  return { code, ...said };
}

async function refusal(results: readonly string[], options: ProposeOptions): Promise<string> {
  try {
    await propose(results, options);
    return '';
  } catch (error) {
    if (error instanceof UsageError) return error.problems.join('\n');
    throw error;
  }
}

test('propose prints a diff that git applies, and writes nothing without --write', async () => {
  const { code, stdout } = await propose([put('r.json', onAws())], { template });
  expect(code).toBe(0);
  expect(readFileSync(template, 'utf8')).toBe(TEMPLATE);
  expect(stdout).toMatch(
    /^# Orders: memory 512 MB → 1024 MB, timeout 30 s → 6 s \(verdict change, /,
  );
  expect(stdout).not.toMatch(/EMULATED/);
  const patch = stdout.replaceAll(/^(--- a|\+\+\+ b)\/.*$/gm, '$1/template.yaml');
  const applied = spawnSync('git', ['apply', '--unsafe-paths', '-'], { cwd: FOLDER, input: patch });
  expect(String(applied.stderr)).toBe('');
  expect(readFileSync(template, 'utf8')).toBe(TEMPLATE.replace('512', '1024').replace('30', '6'));
});

test('propose --write changes the bytes of the values alone: Windows line ends and the byte order mark stay', async () => {
  const { stderr } = await propose([put('r.json', onAws())], { template, write: true });
  expect(readFileSync(template, 'utf8')).toBe(TEMPLATE.replace('512', '1024').replace('30', '6'));
  expect(stderr).toMatch(/template\.yaml:5: Orders: memory 512 MB → 1024 MB/);
});

test('an emulated result is proposed only when asked, and the diff and the pull request say what it is', async () => {
  const result = put('r.json', onAws({ emulated: true }));
  expect(await refusal([result], { template })).toMatch(
    /it was emulated, .* --emulated proposes it/,
  );
  const out = at('pr.md');
  const { stdout } = await propose([result], { template, emulated: true, out: [out] });
  expect(stdout).toMatch(/^# Orders: .*EMULATED on a machine and not measured on AWS\)$/m);
  expect(readFileSync(out, 'utf8')).toMatch(
    /\*\*Emulated:\*\* at least one of these was measured on a machine/,
  );
});

test('the text of the pull request has the change, the evidence with its interval, the trade and the run', async () => {
  const out = at('pr.md');
  await propose([put('r.json', onAws())], { template, out: [out] });
  const text = readFileSync(out, 'utf8');
  expect(text).toMatch(/^# Set Orders to what was measured$/m);
  expect(text).toMatch(/^- Orders: memory 512 MB → 1024 MB \(`.*template\.yaml`, line 5\)$/m);
  expect(text).toMatch(/^\| 512 MB \(present\) \| 400\.4 ms ±1\.8 \|/m);
  expect(text).toMatch(/^\| 1024 MB \| 200\.1 ms ±/m);
  expect(text).toMatch(/What it trades: cost .*95 % interval.*; speed × 2\.0 \(95 % interval/);
  expect(text).toMatch(new RegExp(`run \`${real.run?.id ?? 'none'}\``));
});

test.each(['keep', 'inconclusive'] as const)(
  'nothing is proposed for the verdict %s unless it is asked for',
  async (verdict) => {
    const result = put('r.json', onAws({ verdict }));
    const { code, stdout, stderr } = await propose([result], { template });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(
      new RegExp(`its verdict is ${verdict} \\(--include ${verdict} proposes it\\)`),
    );
    expect((await propose([result], { template, include: verdict })).stdout).toMatch(/1024/);
  },
);

test.each([
  [
    'MemorySize: 512',
    'MemorySize: 1024',
    /Orders \(.*template\.yaml:2\) has 1024 MB of memory, and the result's function had 512; it was changed since the run/,
  ],
  ['Timeout: 30', 'Timeout: 10', /has 10 s of timeout, and the result's function had 30/],
  ['Orders:', 'Bills:', /has no such function; --resource says which one it is: Bills/],
])(
  'a template that is not what the run found is refused: %s is now %s',
  async (was, is, problem) => {
    put('template.yaml', TEMPLATE.replace(was, is));
    expect(await refusal([put('r.json', onAws())], { template })).toMatch(problem);
  },
);

test('two results for one function are refused, with both files', async () => {
  const results = [put('r1.json', onAws()), put('r2.json', onAws())];
  expect(await refusal(results, { template })).toMatch(
    /r2\.json: wanted one result for each function, .*r1\.json is of Orders as well/,
  );
  expect(await refusal(results, { sizes: at('s.json') })).toMatch(
    /r2\.json: wanted one result for each function/,
  );
});

test.each([
  [
    'cdk.out-Stack.template.json',
    '{"Resources": {"Orders": {"Type": "AWS::Lambda::Function"}}}',
    /is made by cdk synth, which would undo the change; --sizes/,
  ],
  [
    'bytes.yaml',
    'Resources: { Orders: { Type: AWS::Lambda::Function, Properties: { MemorySize: 512, Timeout: 30 } } } # \xE9',
    /wanted a file in UTF-8/,
  ],
])('a file that must not be written is refused: %s', async (name, text, problem) => {
  const file = put(name, '');
  writeFileSync(file, text, 'latin1');
  const result = put(
    'r.json',
    onAws({
      current: {
        memoryMb: name === 'bytes.yaml' ? 512 : 128,
        timeoutSeconds: name === 'bytes.yaml' ? 30 : 3,
      },
    }),
  );
  expect(await refusal([result], { template: file })).toMatch(problem);
});

test('propose refuses files that hold no result of tune, and options that would have no effect', async () => {
  expect(await refusal([put('r.json', { a: 1 })], { template })).toMatch(
    /r\.json: wanted a result of powerdial tune: /,
  );
  expect(await refusal([at('gone.json')], { template })).toMatch(
    /gone\.json: wanted a result of powerdial tune: /,
  );
  expect(await refusal([], {})).toMatch(/wanted --template <file>, or --sizes/);
  expect(await refusal([], { template, include: 'kep' })).toMatch(/did you mean "keep"/);
  expect(await refusal([], { template, out: ['pr.html'] })).toMatch(/wanted a name ending in \.md/);
});

test('--sizes writes the sizes of the result’s own function, and keeps those of other functions', async () => {
  const sizes = put('powerdial.sizes.json', {
    zebra: {
      memoryMb: 128,
      timeoutSeconds: null,
      verdict: 'keep',
      measuredAt: null,
      run: null,
      codeSha256: null,
      runtime: null,
    },
  });
  await propose([put('r.json', onAws())], { template, sizes, write: true });
  const written = JSON.parse(readFileSync(sizes, 'utf8')) as { readonly [name: string]: unknown };
  expect(Object.keys(written)).toEqual(['Orders', 'zebra']);
  expect(written['Orders']).toEqual({
    memoryMb: 1024,
    timeoutSeconds: 6,
    verdict: 'change',
    measuredAt: real.run?.startedAt.slice(0, 10),
    run: real.run?.id,
    codeSha256: real.run?.codeSha256,
    runtime: real.target.runtime,
  });
  put('powerdial.sizes.json', { zebra: { memory: 1 } });
  expect(await refusal([put('r.json', onAws())], { sizes })).toMatch(/--sizes: .*zebra/);
});
