import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/contract/check/check.ts';
import { toCheckTable } from '../../src/stages/check/check-codec.ts';
import { sideOf } from '../core/compare/sides.ts';
import { powerdial, scratch, start } from './powerdial.ts';

const { file, remove } = scratch();
afterAll(remove);

const EMPTY_CONFIG = file('config.json', '{}');
const MEMORY_CONFIG = file('memory.json', '{"budgets": {"memory.headroom": {"min": "99%"}}}');
const NOISE = [97, 98, 99, 100, 101, 102, 103, 100, 99, 101];

/** A file as `--save-baseline` writes it. */
function observedFile(name: string, factor: number, part: object = {}, whole: object = {}): string {
  const side = sideOf(NOISE.map((ms) => ms * factor));
  const observations = toCheckTable({ base: [], head: side.observations });
  const functions = [{ function: 'orders', head: side.facts, observations, ...part }];
  return file(name, JSON.stringify({ schemaVersion: 1, functions, ...whole }));
}

const BASE = observedFile('base.json', 1);

describe('powerdial compare', () => {
  test.each<[string, string, string[], number, string | null]>([
    ['the same', BASE, [], 0, 'pass'],
    ['half as slow again', observedFile('slow.json', 1.5), [], 1, 'fail'],
    ['10 % slower may be drift', observedFile('drift.json', 1.1), [], 0, 'inconclusive'],
    [
      'which fails where that is asked for',
      observedFile('drift.json', 1.1),
      ['--fail-on-inconclusive'],
      4,
      'inconclusive',
    ],
  ])('%s', async (_, head, args, code, verdict) => {
    const ended = await powerdial(
      'compare',
      BASE,
      head,
      '--config',
      EMPTY_CONFIG,
      '--json',
      ...args,
    );
    expect(ended.code, ended.stderr).toBe(code);
    const result = JSON.parse(ended.stdout) as CheckResult;
    expect(result.verdict).toBe(verdict);
    expect(result.passed).toBe(verdict === 'pass');
  });

  const failing = (name: string, every: number, outcome: string): string => {
    const side = sideOf(NOISE);
    const observations = side.observations.map((each, index) =>
      each.cold !== true && index % every === 0 ? { ...each, outcome: outcome as 'error' } : each,
    );
    const table = toCheckTable({ base: [], head: observations });
    return observedFile(name, 1, { observations: table });
  };
  const HALF = failing('half.json', 2, 'error');
  const ALL_ERRORS = failing('all-errors.json', 1, 'error');
  const ALL_KILLED = failing('all-killed.json', 1, 'out-of-memory');

  test.each<[string, string, string, number, RegExp]>([
    ['half of the head fails', BASE, HALF, 1, /errors regressed/],
    ['every warm invocation of the head fails', BASE, ALL_ERRORS, 1, /errors regressed/],
    ['all of the head runs out of memory', BASE, ALL_KILLED, 1, /errors regressed/],
    ['the base alone fails', ALL_ERRORS, BASE, 3, /NothingMeasured: Measure the base/],
    ['neither side ends well', ALL_ERRORS, ALL_KILLED, 3, /NothingMeasured: Measure both sides/],
    ['both sides fail as often', HALF, HALF, 0, /errors/],
  ])('%s: the exit code and the words say so', async (_, base, head, code, words) => {
    const ended = await powerdial('compare', base, head, '--config', EMPTY_CONFIG);
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stdout.replace(/\s+/g, ' ')).toMatch(words);
    expect(ended.stdout).not.toContain('Passed: 2');
  });

  test('a function that one of the files lacks is an error, whichever file it is', async () => {
    const { functions } = JSON.parse(readFileSync(BASE, 'utf8')) as { functions: object[] };
    const two = observedFile(
      'two.json',
      1,
      {},
      { functions: [...functions, { ...functions[0], function: 'carts' }] },
    );
    const args = ['--config', EMPTY_CONFIG];
    const inBase = await powerdial('compare', two, BASE, ...args);
    expect(inBase.stderr).toMatch(/carts is in the base's file only; the head's has orders/);
    const inHead = await powerdial('compare', BASE, two, ...args);
    expect(inHead.stderr).toMatch(/carts is in the head's file only; the base's has orders/);
    expect([inBase.code, inHead.code]).toEqual([2, 2]);
    expect((await powerdial('compare', two, two, ...args)).code).toBe(0);
  });

  test("a function's own rules hold, also for a handler that has no name in the configuration", async () => {
    const rules = { 'duration.p50': { max: '1 ms' } };
    const config = file(
      'own.json',
      JSON.stringify({
        functions: [
          { local: { head: 'src/shop/app.mjs' }, budgets: rules },
          { function: 'arn:aws:lambda:eu-west-1:123456789012:function:orders', budgets: rules },
        ],
      }),
    );
    for (const name of ['shop-app', 'orders', 'orders:live']) {
      const head = observedFile(`${name}.json`, 1, { function: name });
      const ended = await powerdial('compare', head, head, '--config', config);
      expect(ended.stdout).toMatch(/duration\.p50 over budget/);
      expect(ended.code).toBe(1);
    }
  });

  test('a byte order mark is no part of a file', async () => {
    const marked = file('marked.json', `\uFEFF${readFileSync(BASE, 'utf8')}`);
    const config = file('marked-config.json', `\uFEFF${readFileSync(EMPTY_CONFIG, 'utf8')}`);
    const ended = await powerdial('compare', marked, marked, '--config', config);
    expect(ended.code, ended.stderr).toBe(0);
  });

  const empty = toCheckTable({ base: [], head: [] });
  test.each<[string, string, number]>([
    ['no such file', '/nowhere.json', 2],
    ['an empty file', file('empty.json', ''), 2],
    ['no result', file('other.json', '{"a": 1}'), 2],
    ['a damaged observation', observedFile('damaged.json', -1), 2],
    ['no observations', observedFile('none.json', 1, { observations: empty }), 3],
    [
      'a run that failed',
      file('failed.json', '{"schemaVersion":1,"failed":true,"error":"TrialFailed","cause":"x"}'),
      3,
    ],
    [
      'a check of which one function failed',
      observedFile(
        'one-failed.json',
        1,
        {},
        { failed: [{ function: 'carts', error: 'TrialFailed', cause: 'x' }] },
      ),
      3,
    ],
    [
      'a check that measured nothing',
      file('nothing.json', '{"schemaVersion":1,"functions":[],"failed":[],"warnings":[]}'),
      3,
    ],
  ])('%s is never a pass, on either side', async (_, path, code) => {
    for (const args of [
      [BASE, path],
      [path, BASE],
    ]) {
      const ended = await powerdial('compare', ...args, '--config', EMPTY_CONFIG);
      expect(ended.code, ended.stderr).toBe(code);
      expect(ended.stdout).toBe('');
    }
  });
});

const ANSWERS = file('answers.mjs', 'export const handler = async (event) => event;');
/** Holds 100 MB more. How fast a process is, is up to the machine; how much memory it holds is not. */
const GROWN = file(
  'grown.mjs',
  'const held = Buffer.alloc(100 * 2 ** 20, 1); export const handler = async () => held.length;',
);
const THROWS = file('throws.mjs', "export const handler = async () => { throw new Error('no'); };");
const MORE_MEMORY = file('rules.json', '{"regressions": {"memory.used": {"max": "+20%"}}}');
const LOCAL = ['--config', MORE_MEMORY, '--quiet', '--max-invocations', '80', '--memory', '256'];

describe('powerdial check', () => {
  test('a head whose processes use three times the memory has regressed, and every output says so', async () => {
    const out = path.join(path.dirname(GROWN), 'junit.xml');
    const ended = await powerdial(
      'check',
      ...['--local', ANSWERS, '--local', GROWN, ...LOCAL, '--out', out],
    );
    expect(ended.code, ended.stderr).toBe(1);
    expect(ended.stdout).toMatch(/memory\.used regressed/);
    expect(ended.stdout).toContain('Failed: 1 of 2 rules broken');
    expect(readFileSync(out, 'utf8')).toContain('<failure type="regressed"');
    expect(ended.left).toEqual([]);
  });

  test('a baseline is saved, and is compared with', async () => {
    const baseline = path.join(path.dirname(ANSWERS), 'baseline.json');
    const args = [...LOCAL, '--json'];
    const missing = await powerdial('check', '--local', ANSWERS, '--base', baseline, ...args);
    expect(missing.code).toBe(0);
    expect(missing.stderr).toContain(`--save-baseline ${baseline}`);
    const required = await powerdial(
      'check',
      '--local',
      ANSWERS,
      '--base',
      baseline,
      '--require-baseline',
      ...args,
    );
    expect(required.code).toBe(3);
    const saved = await powerdial(
      'check',
      '--local',
      ANSWERS,
      '--save-baseline',
      baseline,
      ...args,
    );
    expect(saved.code, saved.stderr).toBe(0);
    const checked = await powerdial('check', '--local', GROWN, '--base', baseline, ...args);
    expect(checked.code, checked.stderr).toBe(1);
    const other = await powerdial(
      ...['check', '--local', GROWN, '--base', baseline, ...args, '--memory', '512'],
    );
    const result = JSON.parse(other.stdout) as CheckResult;
    expect(result.functions[0]?.metrics[0]?.verdict).toBe('incompatible');
  });

  test('a baseline of another machine is incompatible, and says which machines they are', async () => {
    const made = path.join(path.dirname(ANSWERS), 'made.json');
    const args = ['--quiet', '--max-invocations', '80', '--memory', '256', '--json'];
    await powerdial('check', '--local', ANSWERS, '--save-baseline', made, ...args);
    const saved = JSON.parse(readFileSync(made, 'utf8')) as CheckResult;
    const head = saved.functions[0]?.head;
    expect(head?.key.machine).toMatchObject({
      processor: os.cpus()[0]?.model.trim(),
      cores: os.cpus().length,
    });
    // How busy it was is for the machine to say; that it was looked at is not.
    expect(saved.functions[0]?.machineLoad?.tooBusy).toBeTypeOf('boolean');
    const faster = { processor: 'A Faster One', cores: 64, cpus: 64 };
    const functions = saved.functions.map((each) => ({
      ...each,
      head: { ...each.head, key: { ...each.head.key, machine: faster } },
    }));
    const moved = file('moved.json', JSON.stringify({ ...saved, functions }));
    const ended = await powerdial('check', '--local', ANSWERS, '--base', moved, ...args);
    const metrics = (JSON.parse(ended.stdout) as CheckResult).functions[0]?.metrics ?? [];
    // How often a handler fails does not depend on the machine.
    const verdicts = Object.fromEntries(metrics.map(({ metric, verdict }) => [metric, verdict]));
    expect(verdicts).toMatchObject({ 'duration.p50': 'incompatible', cost: 'incompatible' });
    expect(verdicts['errors']).not.toBe('incompatible');
    expect(metrics[0]?.reason).toContain('machine A Faster One (64 cores) then');
    expect(ended.code).toBe(0);
  });

  test('a function whose base has no code yet is called new, and the other functions are checked', async () => {
    const folder = path.dirname(ANSWERS);
    const config = file(
      'new-function.json',
      JSON.stringify({
        functions: [
          { local: { base: path.join(folder, 'nothing-yet.mjs'), head: ANSWERS }, name: 'young' },
          { local: { base: ANSWERS, head: GROWN }, name: 'grown' },
        ],
        regressions: { 'memory.used': { max: '+20%' } },
      }),
    );
    const ended = await powerdial(
      ...['check', '--config', config, '--quiet', '--json', '--max-invocations', '80'],
    );
    expect(ended.code, ended.stderr).toBe(1);
    const result = JSON.parse(ended.stdout) as CheckResult;
    expect(result.functions.map((each) => each.function)).toEqual(['grown']);
    expect(result.warnings).toContainEqual(
      expect.objectContaining({ code: 'new-function', function: 'young', measured: false }),
    );
  });

  test('Ctrl-C tells and writes what was measured, with no verdict and no baseline', async () => {
    const folder = path.dirname(ANSWERS);
    const [out, baseline] = ['cut.json', 'cut-baseline.json'].map((name) =>
      path.join(folder, name),
    );
    const slow = file(
      'slow.mjs',
      'export const handler = () => new Promise((done) => setTimeout(done, 100));',
    );
    const running = start([
      ...['check', '--local', slow, '--local', slow, '--config', EMPTY_CONFIG, '--json'],
      ...['--max-invocations', '8000', '--out', out ?? '', '--save-baseline', baseline ?? ''],
    ]);
    await running.said(/[1-9]\d{2} of|[3-9]\d of/);
    running.kill('SIGINT');
    const { code, stdout, stderr, left } = await running.ended;
    expect(code, stderr).toBe(130);
    const result = JSON.parse(stdout) as CheckResult;
    expect(result).toMatchObject({ verdict: 'inconclusive', passed: false });
    expect(result.functions[0]?.metrics.map(({ reason }) => reason)).toContain(
      'the check was interrupted',
    );
    expect(result.functions[0]?.observations.rows.length).toBeGreaterThanOrEqual(30);
    expect(JSON.parse(readFileSync(out ?? '', 'utf8'))).toEqual(result);
    expect(existsSync(baseline ?? '')).toBe(false);
    expect(stderr).toContain('was not saved as a baseline: the check was interrupted');
    expect(left).toEqual([]);
  });

  test('on GitHub the check annotates and writes the job summary, and standard output stays JSON', async () => {
    const summary = file('summary.md', 'before\n');
    const args = ['check', '--local', ANSWERS, '--config', MEMORY_CONFIG, '--json', '--quiet'];
    const child = spawn(
      process.execPath,
      [path.resolve('dist/src/cli/main.js'), ...args, '--max-invocations', '40'],
      { env: { ...process.env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary } },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as CheckResult).verdict).toBe('fail');
    expect(stderr).toMatch(/^::error title=.*memory\.headroom over-budget/m);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n<!-- powerdial-check -->/);
  });

  test.each<[string, string[], number, RegExp]>([
    ['no target', [], 2, /wanted something to check/],
    ['one handler without budgets', ['--local', ANSWERS], 2, /something to judge by/],
    ['no such handler', ['--local', '/nowhere.mjs', '--local', ANSWERS], 2, /nowhere/],
    ['an unknown option', ['--bse', 'live'], 2, /--bse|--base/],
    [
      'a format that is none',
      ['--local', ANSWERS, '--local', ANSWERS, '--out', 'a.pdf'],
      2,
      /a\.pdf/,
    ],
    [
      'both sides throw',
      ['--local', THROWS, '--local', THROWS],
      3,
      /TrialFailed.*neither side.*base.*: no.*head.*: no/,
    ],
    ['the base throws', ['--local', THROWS, '--local', ANSWERS], 3, /TrialFailed.*not the base/],
    ['a baseline that is none', ['--local', ANSWERS, '--base', EMPTY_CONFIG], 2, /wanted a result/],
  ])('%s', async (_, args, code, message) => {
    const ended = await powerdial('check', ...args, '--config', EMPTY_CONFIG, '--quiet');
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(code);
  });

  test('a head that always fails where its base does not is a regression of errors, in every format', async () => {
    const folder = path.dirname(ANSWERS);
    const outs = ['failing.md', 'failing.xml'].map((name) => path.join(folder, name));
    const ended = await powerdial(
      ...['check', '--local', ANSWERS, '--local', THROWS, ...LOCAL],
      ...outs.flatMap((out) => ['--out', out]),
    );
    expect(ended.code, ended.stderr).toBe(1);
    const text = ended.stdout.replace(/\s+/g, ' ');
    expect(text).toContain('errors regressed: 0 % → 100 % (+100 points); allowed no rise');
    expect(text).toContain('it failed with Error: no');
    const [markdown = '', junit = ''] = outs.map((out) => readFileSync(out, 'utf8'));
    expect(markdown).toMatch(
      /\| `errors` \| 0\s% \| 100\s% \| \+100\spoints \|.*no rise.*\*\*regressed/,
    );
    expect(junit).toContain('<failure type="regressed" message="errors regressed');
  });

  test('an error that is ignored fails nothing by itself, and is no measurement', async () => {
    const args = [
      'check',
      '--local',
      ANSWERS,
      '--local',
      THROWS,
      ...LOCAL,
      '--ignore-error',
      'Error',
    ];
    const ended = await powerdial(...args);
    expect(ended.stderr).toMatch(/NothingMeasured.*the head/);
    expect(ended.code).toBe(3);
  });

  test('the configuration is that of the working directory', () => {
    expect(existsSync('powerdial.config.json')).toBe(false);
  });
});
