import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { CheckResult } from '../../src/contract/check.ts';
import { powerdial, scratch, start } from './powerdial.ts';

// Processes start slowly on a machine that is busy with others.
vi.setConfig({ testTimeout: 120_000 });

const { file, remove } = scratch();
afterAll(remove);

const OK = file(
  'ok.mjs',
  'export const handler = async () => { await new Promise((done) => setTimeout(done, 5)); };',
);
const THROWS = file('bad.mjs', "export const handler = async () => { throw new Error('no'); };");
const FOLDER = path.dirname(OK);
const at = (name: string): string => path.join(FOLDER, name);
const json = (text: string): CheckResult => JSON.parse(text) as CheckResult;
const read = (name: string): string => readFileSync(at(name), 'utf8');

/** No rule can break: enough of the memory is always left. */
const BUDGET = { budgets: { 'memory.headroom': { min: '1%' } } };
const config = (name: string, content: object): string => file(name, JSON.stringify(content));
const QUICK = ['--quiet', '--memory', '256', '--max-invocations', '40'];

describe('what could not be measured is in every output, and is no pass', () => {
  test('nothing was measured', async () => {
    const summary = file('summary.md', '');
    const ended = await start(
      [
        ...['check', '--local', OK, '--local', THROWS, '--config', config('none.json', {})],
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

  test('one of two was measured', async () => {
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
