import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { start } from '../cli/powerdial.ts';

const run = promisify(execFile);
const hasCli = spawnSync('aws', ['--version']).status === 0;

/** What the printed endpoints are in the document; a port differs from one start to the next. */
const PRINTED = { lambda: 'http://127.0.0.1:41443', stepFunctions: 'http://127.0.0.1:40769' };

/** The two blocks of commands in the section about `powerdial serve`. */
function blocks(): readonly string[] {
  const section = readFileSync('docs/cli.md', 'utf8').split('\n## `powerdial serve`')[1] ?? '';
  return [...section.matchAll(/```sh\n([^]*?)```/g)].map((match) => match[1] ?? '');
}

test.skipIf(!hasCli)(
  'the commands of docs/cli.md about serve run one after another as they stand (needs the AWS CLI)',
  { timeout: 240_000 },
  async () => {
    const [command = '', commands = ''] = blocks();
    expect(command).toMatch(/^powerdial serve .*\n$/);
    const serving = start(command.trim().split(' ').slice(1));
    try {
      const told = JSON.parse(await serving.firstLine) as typeof PRINTED;
      const script = commands
        .replaceAll(PRINTED.lambda, told.lambda)
        .replaceAll(PRINTED.stepFunctions, told.stepFunctions)
        .replaceAll(
          /^powerdial /gm,
          `${process.execPath} ${path.resolve('dist/src/cli/main.js')} `,
        );
      expect(script).not.toContain('npx');
      const env = { PATH: process.env['PATH'], HOME: '/nonexistent', AWS_PAGER: '' };
      const { stdout } = await run('sh', ['-ec', script], { env });
      expect(stdout).toContain('"executionArn"');
      expect(stdout).toMatch(/"Version": "1"/);
    } finally {
      serving.kill('SIGTERM');
    }
    const { stderr } = await serving.ended;
    // What serve prints is what the document prints, but for the ports.
    const exports = (text: string) =>
      text
        .split('\n')
        .map((line) => line.trim().replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT'))
        .filter((line) => line.startsWith('export '));
    expect(exports(stderr)).toEqual(exports(commands));
  },
);
