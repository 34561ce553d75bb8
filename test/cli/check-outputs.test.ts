import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/contract/check/check.ts';
import { powerdial, scratch, start } from './powerdial.ts';

const { file, remove } = scratch();
afterAll(remove);

const OK = file('ok.mjs', 'export const handler = async (event) => event;');
const THROWS = file('bad.mjs', "export const handler = async () => { throw new Error('no'); };");
const FOLDER = path.dirname(OK);
const at = (name: string): string => path.join(FOLDER, name);
const json = (text: string): CheckResult => JSON.parse(text) as CheckResult;
const read = (name: string): string => readFileSync(at(name), 'utf8');

/** No rule can break: enough of the memory is always left. */
const BUDGET = { budgets: { 'memory.headroom': { min: '1%' } } };
const config = (name: string, content: object): string => file(name, JSON.stringify(content));
/** Few processes: each takes its time to start. */
const QUICK = ['--quiet', '--memory', '256', '--max-invocations', '40', '--concurrency', '4'];

describe('a check that could not measure a function has not passed', () => {
  test('a check that measured nothing ends with 3, and says so in every output', async () => {
    const summary = file('summary.md', '');
    const ended = await start(
      [
        ...['check', '--local', THROWS, '--local', THROWS, '--config', config('none.json', {})],
        ...['--quiet', '--memory', '256', '--out', at('r.json'), '--out', at('r.md')],
      ],
      { env: { GITHUB_STEP_SUMMARY: summary } },
    ).ended;
    expect(ended.code).toBe(3);
    expect(json(read('r.json'))).toMatchObject({
      passed: false,
      verdict: 'inconclusive',
      functions: [],
      failed: [{ error: 'TrialFailed' }],
    });
    for (const text of [read('r.md'), readFileSync(summary, 'utf8'), ended.stdout]) {
      expect(text).not.toMatch(/✅|no rule was asked for|Passed/);
      expect(text).toContain('TrialFailed');
    }
  });

  test('a check of which one function of two was measured ends with 3, and says so in every output', async () => {
    const functions = [
      { name: 'fine', local: { head: OK } },
      { name: 'broken', local: { head: THROWS } },
    ];
    const args = ['check', '--config', config('two.json', { ...BUDGET, functions }), ...QUICK];
    const ended = await powerdial(...args, '--json', '--out', at('2.md'), '--out', at('2.xml'));
    expect(ended.code).toBe(3);
    const result = json(ended.stdout);
    expect(result).toMatchObject({ passed: false, verdict: 'inconclusive' });
    expect(result.functions.map((each) => each.function)).toEqual(['fine']);
    expect(result.failed.map((each) => each.function)).toEqual(['broken']);
    expect(read('2.md')).toContain('**broken** was not checked');
    expect(read('2.xml')).toContain('errors="1"');
  });
});

describe('files', () => {
  const KEPT = config('kept.json', BUDGET);

  test('the folder of an output is made where it is missing', async () => {
    const out = at('new/folder/r.json');
    const baseline = at('newer/folder/bl.json');
    const ended = await powerdial(
      ...['check', '--local', OK, '--config', KEPT, ...QUICK],
      ...['--out', out, '--save-baseline', baseline],
    );
    expect(ended.code, ended.stderr).toBe(0);
    expect(existsSync(out) && existsSync(baseline)).toBe(true);
  });

  test.each([['--out'], ['--save-baseline']])(
    'a folder that cannot be made is refused before anything is measured: %s',
    async (option) => {
      const args = ['check', '--local', OK, '--config', KEPT, '--memory', '256'];
      const ended = await powerdial(...args, option, path.join(OK, 'r.json'));
      expect(ended.code).toBe(2);
      expect(ended.stderr).toMatch(
        new RegExp(`^powerdial: ${option}: cannot write .*ok\\.mjs/r\\.json`),
      );
      expect(ended.stdout).toBe('');
    },
  );
});

describe('baselines', () => {
  /** What noise cannot turn: how fast a process is, is up to the machine; how much it holds is not. */
  const CHANGE = config('change.json', { regressions: { 'memory.used': { max: '+20%' } } });
  const GROWN = file(
    'grown.mjs',
    'const held = Buffer.alloc(100 * 2 ** 20, 1); export const handler = async () => held.length;',
  );
  const ARGS = ['--quiet', '--memory', '256', '--max-invocations', '80', '--concurrency', '4'];

  test('a head that failed against its baseline does not become the baseline', async () => {
    const baseline = at('kept-baseline.json');
    const make = ['check', '--local', OK, '--config', CHANGE, ...ARGS, '--save-baseline', baseline];
    expect((await powerdial(...make)).code).toBe(0);
    const before = readFileSync(baseline, 'utf8');
    for (const _ of [1, 2]) {
      const again = ['check', '--local', GROWN, '--config', CHANGE, ...ARGS];
      const ended = await powerdial(...again, '--base', baseline, '--save-baseline', baseline);
      expect(ended.code, ended.stderr).toBe(1);
      expect(ended.stderr).toContain(`${baseline} was not saved as a baseline`);
      expect(readFileSync(baseline, 'utf8')).toBe(before);
    }
  });

  test('a baseline that is missing is named in every output, with the command as it was given', async () => {
    const summary = file('missing-summary.md', '');
    const [baseline, out] = [at('no such baseline.json'), at('missing.json')];
    const own = [
      '--local',
      OK,
      '--payload',
      '{"a": 1}',
      '--memory',
      '256',
      '--region',
      'eu-west-1',
    ];
    const ended = await start(
      ['check', ...own, '--config', CHANGE, '--base', baseline, '--json', '--out', out],
      { env: { GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: 'true' } },
    ).ended;
    expect(ended.code).toBe(0);
    const result = json(ended.stdout);
    expect(result).toMatchObject({ passed: false, verdict: 'inconclusive', functions: [] });
    expect(result.warnings.map(({ code }) => code)).toEqual(['no-baseline']);
    expect(json(read('missing.json'))).toEqual(result);
    const command = `powerdial check --local ${OK} --payload '{"a": 1}' --memory 256 --region eu-west-1 --config ${CHANGE} --save-baseline '${baseline}'`;
    expect(
      [...(result.warnings[0]?.message ?? '').split('This makes one: ')][1]?.split(' --').sort(),
    ).toEqual(command.split(' --').sort());
    expect(ended.stderr).toMatch(/^::warning title=powerdial check%3A no-baseline::/m);
    expect(readFileSync(summary, 'utf8')).toContain('There is no baseline');
    const required = ['check', ...own, '--config', CHANGE, '--base', baseline];
    const strict = await powerdial(...required, '--require-baseline', '--json');
    expect(strict.code).toBe(3);
    expect(json(strict.stdout)).toMatchObject({ passed: false, verdict: 'inconclusive' });
    // Only --require-baseline fails on it: the first check of a pipeline has none.
    const loud = await powerdial(...required, '--fail-on-inconclusive');
    expect(loud.code).toBe(0);
  });

  test('budgets are judged without a baseline, and the change does not pass', async () => {
    const both = config('both.json', { ...BUDGET, regressions: { cost: { max: '+5%' } } });
    const args = [
      'check',
      '--local',
      OK,
      '--config',
      both,
      ...QUICK,
      '--base',
      at('none-yet.json'),
    ];
    const ended = await powerdial(...args, '--json');
    expect(ended.code).toBe(0);
    const result = json(ended.stdout);
    expect(result).toMatchObject({ passed: false, verdict: 'inconclusive' });
    expect(result.functions[0]?.metrics.map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  test('a missing baseline is not warned of where this check makes it', async () => {
    const baseline = at('made-now.json');
    const args = ['check', '--local', OK, '--config', CHANGE, ...QUICK];
    const ended = await powerdial(...args, '--base', baseline, '--save-baseline', baseline);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toBe(`Saved the baseline ${baseline}.\n`);
    expect(ended.stdout).not.toContain('no baseline');
    // Another memory size: the baseline does not fit, and the result says how to make it anew.
    const [head, options] = [
      ['check', '--local', OK],
      ['--config', CHANGE, '--quiet'],
    ];
    const other = await powerdial(
      ...[...head, ...options, '--memory', '512', '--max-invocations', '40', '--json'],
      ...['--base', baseline],
    );
    const [metric] = json(other.stdout).functions[0]?.metrics ?? [];
    expect(metric?.verdict).toBe('incompatible');
    expect(metric?.reason).toMatch(
      /^memory 256 then, 512 now; to make the baseline anew: powerdial check /,
    );
    expect(metric?.reason).toContain(`--save-baseline ${baseline}`);
    expect(metric?.reason).toContain('--memory 512');
  });

  test('a function that the baseline lacks is in the next baseline, made by the command that is printed', async () => {
    const baseline = at('grows.json');
    const both = (...names: readonly string[]): object => ({
      ...BUDGET,
      functions: names.map((name) => ({ name, local: { head: OK }, base: baseline })),
    });
    const one = config('grows-one.json', both('first'));
    const two = config('grows-two.json', both('first', 'second'));
    const make = await powerdial('check', '--config', one, ...QUICK, '--json');
    const [, command = ''] = /This makes one: powerdial (.*)/.exec(make.stderr) ?? [];
    expect((await powerdial(...command.split(' '))).code).toBe(0);
    const without = await powerdial('check', '--config', two, ...QUICK);
    expect(without.code).toBe(2);
    expect(without.stderr).toMatch(/has no function second; it has first\. Make it anew with/);
    const args = ['check', '--config', two, ...QUICK, '--save-baseline', baseline];
    const grown = await powerdial(...args);
    expect(grown.code, grown.stderr).toBe(0);
    const after = await powerdial('check', '--config', two, ...QUICK, '--dry-run');
    expect(after.code, after.stderr).toBe(0);
  });

  test('a baseline that was measured with other payloads is incompatible', async () => {
    const baseline = at('of-payload.json');
    const args = ['check', '--local', OK, '--config', CHANGE, ...QUICK];
    const made = await powerdial(...args, '--payload', '{"a": 1}', '--save-baseline', baseline);
    expect(made.code).toBe(0);
    const verdictOf = async (payload: string): Promise<string | undefined> => {
      const ended = await powerdial(...args, '--payload', payload, '--base', baseline, '--json');
      return json(ended.stdout).functions[0]?.metrics[0]?.verdict;
    };
    expect(await verdictOf('{"a": 2}')).toBe('incompatible');
    expect(await verdictOf('{ "a": 1 }')).not.toBe('incompatible');
  });
});
