import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckResult } from '../../src/contract/check/check.ts';
import { seededRandom, standardNormal } from '../../src/contract/shared/random.ts';
import { powerdial, scratch, type Ended } from './powerdial.ts';

const { file, remove } = scratch();
afterAll(remove);
const CONFIG = file('config.json', '{}');
const at = (name: string): string => path.join(path.dirname(CONFIG), name);

/** 100 ms at 1024 MB with a spread of 3 %, twice that at 512 MB; `factor` times slower. */
function recording(name: string, factor: number): string {
  const random = seededRandom(7);
  const size = (meanMs: number): object => ({
    warmMs: Array.from({ length: 200 }, () => meanMs * (1 + 0.03 * standardNormal(random))),
    initMs: [150],
    maxMemoryUsedMb: 70,
  });
  const memory = { '512': size(200 * factor), '1024': size(100 * factor) };
  return file(name, JSON.stringify({ name: 'orders', memory }));
}

const RECORDINGS = { base: recording('base.rec.json', 1), slow: recording('slow.rec.json', 1.5) };

async function tuneRecorded(
  recorded: keyof typeof RECORDINGS,
  out: string,
  ...args: readonly string[]
): Promise<string> {
  const ended = await powerdial(
    ...['tune', '--recorded', RECORDINGS[recorded], '--memory', '512,1024', '--quiet'],
    ...['--current', '1024MB/30s', '--out', at(out), ...args],
  );
  expect(ended.code, ended.stderr).toBe(0);
  return at(out);
}

const compare = (base: string, head: string, ...args: readonly string[]): Promise<Ended> =>
  powerdial('compare', base, head, '--config', CONFIG, '--json', ...args);
const result = (ended: Ended): CheckResult => JSON.parse(ended.stdout) as CheckResult;

let remedy: readonly string[] = [];

beforeAll(async () => {
  const base = await tuneRecorded('base', 'ordinary.json');
  const ended = await compare(base, await tuneRecorded('slow', 'ordinary-slow.json'));
  expect(ended.code).toBe(0);
  expect(result(ended).verdict).toBe('inconclusive');
  const [reason = ''] = result(ended).functions[0]?.metrics.map((each) => each.reason ?? '') ?? [];
  remedy = (/tune with (--[^,]+), or measure with powerdial check/.exec(reason)?.[1] ?? '').split(
    ' ',
  );
});

test('ordinary results of tune are too few to judge, and the reason names what to do', () => {
  expect(remedy).toContain('--cold-starts');
});

test('results of tune that were measured as the reason says are judged', async () => {
  const base = await tuneRecorded('base', 'base.json', ...remedy);
  const slow = await tuneRecorded('slow', 'slow.json', ...remedy);
  const page = at('compared.html');
  const ended = await compare(base, slow, '--out', page, '--title', 'Orders, 1.5 times as long');
  expect(ended.code).toBe(1);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('<h1>Orders, 1.5 times as long</h1>');
  expect(html).toContain('Duration by memory size, before and after');
  expect(html).toContain('Broken: duration.p50');
  const [judged] = result(ended).functions;
  // The current size of both, 100 and 150 ms.
  expect(judged).toMatchObject({ function: 'orders', head: { key: { memoryMb: 1024 } } });
  const [duration] = judged?.metrics ?? [];
  expect(duration).toMatchObject({ metric: 'duration.p50', verdict: 'regressed' });
  expect(duration?.change?.estimate).toBeCloseTo(0.5, 1);
  const same = await compare(base, base);
  expect(same.code).toBe(0);
  const other = await compare(base, slow, '--memory', '512');
  expect(result(other).functions[0]?.metrics[0]?.base).toBeCloseTo(200, -1);
  const neither = await compare(base, slow, '--memory', '128');
  expect(neither.code).toBe(2);
  expect(neither.stderr).toMatch(/wanted a memory size that both measured, 128 MB/);
});
