import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { CheckResult } from '../../src/contract/check/check.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { powerdial, scratch } from './powerdial.ts';

const { file, remove } = scratch();
const seen = mkdtempSync(path.join(os.tmpdir(), 'powerdial-seen-'));

afterAll(() => {
  remove();
  rmSync(seen, { recursive: true, force: true });
});

/** Works for a while on an id that no process has seen, and answers at once for one that any has. */
const REMEMBERS = file(
  'remembers.mjs',
  `import { writeFileSync } from 'node:fs';
export const handler = async ({ folder, id, ms }) => {
  try {
    writeFileSync(folder + '/' + encodeURIComponent(id), '', { flag: 'wx' });
  } catch {
    return 'seen';
  }
  await new Promise((done) => setTimeout(done, ms));
  return 'done';
};`,
);

const WAITS = file(
  'waits.mjs',
  'export const handler = ({ ms }) => new Promise((done) => setTimeout(done, ms, ms));',
);

const FEW = [
  '--memory',
  '512',
  '--current',
  '512MB/30s',
  '--invocations',
  '8',
  '--quiet',
  '--json',
];

/** A repeat must be three times as fast, on a machine that other tests keep busy as well. */
function payload(id: string, ms = 1500): string {
  return JSON.stringify({ folder: seen, id, ms });
}

async function tune(...args: readonly string[]): Promise<Result> {
  const { code, stdout, stderr } = await powerdial('tune', '--local', ...args, ...FEW);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Result;
}

const codes = ({ warnings }: Pick<Result, 'warnings'>): readonly string[] =>
  warnings.map(({ code }) => code);

test('a function that skips what it has seen is not measured on its short way in silence', async () => {
  const result = await tune(REMEMBERS, '--payload', payload('order-1'));
  expect(codes(result)).toContain('repeats-faster');
  expect(result.verdict).toBe('inconclusive');
  expect(result.confidence.unsure?.what).toBe('repeats');
});

test('with --vary-payload each invocation is a new one, the trial among them', async () => {
  const varied = payload('{{uuid}} {{index}}', 150);
  const result = await tune(REMEMBERS, '--vary-payload', '--payload', varied);
  expect(codes(result)).not.toContain('repeats-faster');
  expect(result.sizes[0]?.durationMs.mean).toBeGreaterThanOrEqual(149);
});

test('repeats that are meant leave the verdict to the figures, and are told all the same', async () => {
  const result = await tune(REMEMBERS, '--allow-repeats', '--payload', payload('order-2'));
  expect(codes(result)).toContain('repeats-faster');
  expect(result.confidence.unsure?.what).not.toBe('repeats');
});

test('each of several payloads is measured, weighed and shown', async () => {
  const weighed = ['--payload', '9={"ms":10}', '--payload', '1={"ms":200}'];
  const args = weighed.map((text, index) =>
    index % 2 === 0
      ? text
      : text.replace(/=(.*)/, (_, json: string) => `=${file(`p${index}.json`, json)}`),
  );
  const result = await tune(WAITS, ...args);
  const [size] = result.sizes;
  const [light, heavy] = size?.payloads ?? [];
  expect(light).toMatchObject({ payload: 0, share: 0.9 });
  expect(heavy).toMatchObject({ payload: 1, share: 0.1 });
  expect(heavy?.invocations).toBeGreaterThanOrEqual(1);
  expect(heavy?.durationMs.mean).toBeGreaterThanOrEqual(199);
  const wanted = 0.9 * (light?.durationMs.mean ?? 0) + 0.1 * (heavy?.durationMs.mean ?? 0);
  expect(size?.durationMs.mean).toBeCloseTo(wanted, 6);
});

test('more payloads than invocations are refused before anything starts', async () => {
  const many = Array.from({ length: 9 }, (_, ms) => ['--payload', `{"ms":${ms}}`]).flat();
  const { code, stderr } = await powerdial('tune', '--local', WAITS, ...many, ...FEW);
  expect(stderr).toContain('invocations: wanted at least 9');
  expect(code).toBe(2);
});

test('a check of a function that skips what it has seen is inconclusive, and with payloads that vary it is not', async () => {
  const check = async (...args: readonly string[]): Promise<CheckResult> => {
    const config = file('empty.json', '{}');
    const { stdout, stderr } = await powerdial(
      ...['check', '--local', REMEMBERS, '--local', REMEMBERS, '--config', config],
      ...['--max-invocations', '80', '--quiet', '--json', ...args],
    );
    expect(stdout, stderr).not.toBe('');
    return JSON.parse(stdout) as CheckResult;
  };
  const repeated = (await check('--payload', payload('order-3'))).functions[0];
  expect(repeated?.warnings.map(({ code }) => code)).toContain('repeats-faster');
  const open = repeated?.metrics.filter(({ metric }) => metric !== 'errors') ?? [];
  expect(open.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'inconclusive']);
  expect(open[0]?.reason).toContain('answers what it has seen');
  const varied = (await check('--vary-payload', '--payload', payload('{{uuid}}', 150)))
    .functions[0];
  expect(varied?.warnings.map(({ code }) => code)).not.toContain('repeats-faster');
});
