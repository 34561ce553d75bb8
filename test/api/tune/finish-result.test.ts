import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { finishResult } from '../../../src/api/tune/finish-result.ts';
import { TOOL_VERSION } from '../../../src/contract/shared/tool-version.ts';
import { told } from '../../report/fixtures/results.ts';

const MACHINE = { processor: 'AMD EPYC 7R13', cores: 4, cpus: 2 };
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const ENV = { GITHUB_SHA: COMMIT };
const payload = ['3=events/large-order.json', '{"id": 1}'];

test('a result of a handler on this machine names the machine, the commit of CI and the files of payloads', () => {
  const target = { emulation: { cpu: 'settle', machine: MACHINE } };
  const { run } = finishResult(told, target, { options: { payload }, env: ENV });
  expect(run).toEqual({
    ...told.run,
    region: null,
    machine: MACHINE,
    commit: COMMIT,
    payloads: ['large-order.json', null],
  });
});

test('a result of a function on AWS takes no commit from the environment: that need not be what is deployed', () => {
  const { run } = finishResult(told, { emulation: null }, { options: {}, env: ENV });
  expect(run).toEqual({ ...told.run, payloads: [] });
});

test('A result names no commit where the variable of the CI system is empty or holds something else', () => {
  const target = { emulation: { cpu: 'settle', machine: MACHINE } };
  const env = { GITHUB_SHA: '', CI_COMMIT_SHA: 'main; echo' };
  expect(finishResult(told, target, { options: {}, env }).run?.commit).toBeNull();
});

test('results name the version of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(TOOL_VERSION).toBe(version);
});
