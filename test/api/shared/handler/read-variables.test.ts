import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readVariables } from '../../../../src/api/shared/handler/read-variables.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'read-variables-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

test('--env wins over --env-file, the later file over the earlier, and a value keeps its own =', async () => {
  const envFile = [
    file('a.env', '# a comment\nTABLE=a\nexport QUEUE="two words"\n'),
    file('b.env', 'TABLE=b\nBUCKET=b\n'),
  ];
  const read = await readVariables({ env: ['TABLE=x=y', 'EMPTY='], envFile });
  expect(read).toEqual({
    variables: { TABLE: 'x=y', QUEUE: 'two words', BUCKET: 'b', EMPTY: '' },
    notices: [],
    problems: [],
  });
});

test('a variable that Lambda sets itself is refused as --env, and left out of --env-file with a notice', async () => {
  const envFile = [file('c.env', 'AWS_REGION=eu-west-1\nAWS_ACCESS_KEY_ID=dummy\n')];
  const read = await readVariables({ env: ['AWS_REGION=eu-west-1'], envFile });
  expect(read.variables).toEqual({ AWS_ACCESS_KEY_ID: 'dummy' });
  expect(read.notices).toEqual([expect.stringMatching(/c\.env: AWS_REGION left out/)]);
  expect(read.problems).toEqual([expect.stringMatching(/^--env: AWS_REGION .*--region/)]);
});

test('a problem with a variable never shows its value', async () => {
  const envFile = [file('d.env', '1ST=hunter2\n'), path.join(folder, 'nowhere.env')];
  const { problems, notices } = await readVariables({
    env: ['hunter2', '2ND=hunter2', 'LAMBDA_TASK_ROOT=hunter2'],
    envFile,
  });
  expect(problems).toEqual([
    expect.stringMatching(/d\.env has the name "1ST"/),
    expect.stringMatching(/nowhere\.env: there is no such file/),
    '--env (number 1 of 3): wanted KEY=VALUE, it has no "="',
    expect.stringMatching(/number 2 of 3.*it is "2ND"/),
    expect.stringMatching(/LAMBDA_TASK_ROOT is set by Lambda itself/),
  ]);
  expect([...problems, ...notices].join('\n')).not.toContain('hunter2');
});
