import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import type { Result } from '../../src/contract/tune/result.ts';
import { powerdial, scratch, start } from './powerdial.ts';

const { file, remove } = scratch();

afterAll(remove);

const WAITS = file(
  'waits.mjs',
  'export const handler = async ({ ms = 20 }) => { await new Promise((done) => setTimeout(done, ms)); return ms; };',
);
const THROWS = file(
  'throws.mjs',
  "export const handler = async () => { throw new TypeError('no orders'); };",
);
const FILLS_MEMORY = file(
  'fills-memory.cjs',
  'exports.handler = (event, context, done) => { const held = []; for (let mb = 0; mb < 4000; mb += 20) held.push(Buffer.alloc(20 << 20, 1)); done(null, held.length); };',
);
const FEW = ['--memory', '128,512', '--invocations', '6', '--quiet'];

test('a real handler is measured in real processes', async () => {
  const { code, stdout, left } = await powerdial(
    'tune',
    '--local',
    WAITS,
    '--payload',
    '{"ms":30}',
    '--json',
    ...FEW,
  );
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as Result;
  expect(result.emulated).toBe(true);
  for (const size of result.sizes) {
    expect(size).toMatchObject({ outcome: 'measured', errors: 0 });
    // Six warm ones; how many more were cold starts is up to the machine.
    expect(size.invocations - size.coldStarts).toBeGreaterThanOrEqual(6);
    // It waits 30 ms; what it takes above that is the machine's.
    expect(size.durationMs.mean).toBeGreaterThanOrEqual(29);
    expect(size.coldStarts).toBeGreaterThanOrEqual(1);
    expect(size.maxMemoryUsedMb).toBeGreaterThan(20);
  }
  expect(left).toEqual([]);
});

test.each<[string, string[], number, RegExp]>([
  ['no such handler', ['--local', '/nowhere.mjs'], 2, /--local: .*nowhere\.mjs/],
  ['no such export', ['--local', `${WAITS}#other`], 3, /TrialFailed: .*Runtime\.HandlerNotFound/],
  ['a handler that throws', ['--local', THROWS], 3, /TrialFailed: .*TypeError: no orders/],
  [
    'killed at every size',
    ['--local', FILLS_MEMORY, '--current', '256MB/30s'],
    3,
    /NothingMeasured/,
  ],
])('tune --local names what is wrong with a handler: %s', async (_, args, code, message) => {
  const ended = await powerdial('tune', ...args, ...FEW);
  expect(ended.stderr).toMatch(message);
  expect(ended.code).toBe(code);
  expect(ended.left).toEqual([]);
});

test('a local handler gets variables whose values appear nowhere, and credentials only when told', async () => {
  const shows = file(
    'shows.mjs',
    'const { DB_URL, AWS_SECRET_ACCESS_KEY = "no key" } = process.env; export const handler = async () => { console.log(DB_URL); throw new Error(`${DB_URL}, ${AWS_SECRET_ACCESS_KEY}, ${process.cwd()}`); };',
  );
  const env = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-to-be-seen' };
  const args = [
    'tune',
    '--local',
    shows,
    '--env',
    'DB_URL=pg://hunter2',
    ...FEW.slice(0, -1),
    '--verbose',
  ];
  const [without, handedOver] = await Promise.all([
    start(args, { env }).ended,
    start([...args, '--aws-credentials', '--region', 'eu-west-1'], { env }).ended,
  ]);
  expect(without.stderr).toContain(`Error: [DB_URL], no key, ${path.dirname(shows)}.`);
  expect(handedOver.stderr).toMatch(
    /AWS credentials \(.*AKIAEXAMPLE, region eu-west-1\): .*is real/,
  );
  expect(handedOver.stderr).toContain('Error: [DB_URL], [AWS_SECRET_ACCESS_KEY]');
  for (const { code, stdout, stderr } of [without, handedOver]) {
    expect(code).toBe(3);
    expect(stdout + stderr).not.toMatch(/hunter2|not-to-be-seen/);
  }
});

test('what a failing handler said is on standard error, its type and count in every output, and values of --env in none', async () => {
  const odd = file(
    'odd.mjs',
    `let calls = 0;
export const handler = async (event, { memoryLimitInMB }) => {
  console.log('reading', process.env.DB_URL, 'at', memoryLimitInMB);
  if (++calls % 2 === 0) throw new RangeError(\`no row at \${process.env.DB_URL}\`);
};
`,
  );
  const outs = ['.json', '.md', '.html', '.csv'].map((extension) => file(`odd${extension}`, ''));
  const { code, stdout, stderr } = await powerdial(
    ...['tune', '--local', odd, '--env', 'DB_URL=pg://hunter2', '--memory', '512', '-v'],
    ...['--invocations', '6', '--concurrency', '1', ...outs.flatMap((out) => ['--out', out])],
  );
  expect(code).toBe(0);
  const written = outs.map((out) => readFileSync(out, 'utf8'));
  const json = written[0] ?? '';
  const others = [...written.slice(1), stdout];
  const { sizes } = JSON.parse(json) as Result;
  expect(sizes[0]?.failures).toEqual([{ type: 'RangeError', message: null, count: 3 }]);
  expect(sizes[0]?.reason).toBe('3 of 7 invocations did not succeed (RangeError)');
  for (const output of others) expect(output).toContain('RangeError');
  for (const output of [json, ...others, stderr]) expect(output).not.toContain('hunter2');
  for (const output of [json, ...others]) expect(output).not.toContain('no row');
  expect(stderr).toContain('512 MB | reading [DB_URL] at 512');
  expect(stderr).toMatch(
    /512 MB: RangeError: no row at \[DB_URL\]\n {4}at handler \(.*odd\.mjs:4:\d+\)\n {2}It printed last:\n {4}reading \[DB_URL\] at 512\n/,
  );
});

test('Ctrl-C while measuring prints what was measured, and writes it where a result was to go', async () => {
  const out = file('interrupted.json', '');
  const running = start([
    ...['tune', '--local', WAITS, '--payload', '{"ms":200}', '--memory', '128,512'],
    ...['--invocations', '200', '--verbose', '--json', '--out', out],
  ]);
  await running.said(/round 1: (?:[2-9]\d|\d{3}) of/);
  running.kill('SIGINT');
  const { code, stdout, stderr, left } = await running.ended;
  expect(code).toBe(130);
  const result = JSON.parse(stdout) as Result;
  expect(result.verdict).toBe('inconclusive');
  expect(result.confidence.unsure?.what).toBe('interrupted');
  expect(result.warnings.map((warning) => warning.code)).toContain('interrupted');
  expect(result.recommendation.sentence).toContain('the run was interrupted');
  const made = result.sizes.reduce((sum, { invocations }) => sum + invocations, 0);
  expect(made).toBeGreaterThanOrEqual(20);
  expect(made).toBeLessThan(400);
  expect(result.sizes[0]?.durationMs.mean).toBeGreaterThanOrEqual(199);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(result);
  expect(stderr).toMatch(/Interrupted; .* is as it was\./);
  expect(left).toEqual([]);
});

test.each([
  ['while publishing', /128 MB is published/],
  ['at the start', /inspecting/],
])(
  'Ctrl-C %s, before anything is measured, puts the function back, exits 130 and leaves nothing running',
  async (_, moment) => {
    const running = start([
      'tune',
      '--local',
      WAITS,
      '--payload',
      '{"ms":300}',
      '--memory',
      '128,512',
      '--invocations',
      '40',
      '--verbose',
    ]);
    await running.said(moment);
    running.kill('SIGINT');
    const { code, stdout, stderr, left } = await running.ended;
    expect(code).toBe(130);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/Interrupted; .* is as it was\./);
    expect(left).toEqual([]);
  },
);

test('as many cold starts as are asked for are measured, however few processors there are', async () => {
  const args = ['--memory', '512', '--invocations', '2', '--cold-starts', '3', '--quiet', '--json'];
  // One at a time, each cold start has a version of its own: whether three invocations are under way at
  // once, so that none finds the environment of another idle, is up to the machine.
  const { code, stdout } = await powerdial('tune', '--local', WAITS, '--concurrency', '1', ...args);
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as Result).sizes[0]?.coldStarts).toBeGreaterThanOrEqual(3);
});

test.runIf(inject('machine').pythons.length > 0)(
  'a handler in Python is measured, with the Python that runs it said first, and its errors told by its own lines',
  async () => {
    const app = file(
      'shop.py',
      'import time\n\ndef lambda_handler(event, context):\n    time.sleep(event.get("ms", 20) / 1000)\n    return event["id"]\n',
    );
    const python = inject('machine').pythons[0] ?? '';
    const args = ['tune', '--local', app, '--python', python, ...FEW.slice(0, -1)];
    const [good, bad] = await Promise.all([
      start([...args, '--payload', '{"id":7}', '--json']).ended,
      start([...args]).ended,
    ]);
    expect(good.stderr).toMatch(/The handler runs with Python 3\.\d+\.\d+: \/.+ \(--python\)\./);
    expect(good.code).toBe(0);
    const result = JSON.parse(good.stdout) as Result;
    expect(result.target.runtime).toMatch(/^python3\.\d+$/);
    expect(result.sizes.map(({ outcome }) => outcome)).toEqual(['measured', 'measured']);
    expect(bad.code).toBe(3);
    expect(bad.stderr).toMatch(
      /KeyError: 'id'\n +File ".*shop\.py", line 5, in lambda_handler\n +return event\["id"\]/,
    );
    expect([...good.left, ...bad.left]).toEqual([]);
  },
);

test('--python is refused where no handler is in Python', async () => {
  const ended = await powerdial('tune', '--local', WAITS, '--python', 'python3', ...FEW);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('--python: it is for handlers in Python, and there is none');
  expect(ended.left).toEqual([]);
});
