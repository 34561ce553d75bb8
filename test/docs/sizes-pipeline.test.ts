import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Workflow {
  readonly jobs: {
    readonly sizes: {
      readonly steps: readonly { readonly name?: string; readonly run?: string }[];
    };
  };
}

const FOLDER = mkdtempSync(path.join(os.tmpdir(), 'powerdial-pipeline-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const REPOSITORY = path.join(FOLDER, 'repository');
const BIN = path.join(FOLDER, 'bin');
const CALLS = path.join(FOLDER, 'gh-calls');

/** The pipeline's steps are run as they stand; a recorded function is in the place of one on AWS. */
function run(name: string): string {
  const [, text = ''] =
    /```yaml\n(name: Sizes[^]*?)```/.exec(readFileSync('docs/projects.md', 'utf8')) ?? [];
  const { jobs } = parse(text) as Workflow;
  const step = jobs.sizes.steps.find((each) => each.name === name)?.run ?? '';
  expect(step).not.toBe('');
  const emulated = step
    .replace('powerdial tune "$name" --payload "$payload"', 'powerdial tune --recorded "$payload"')
    .replace('--write', '--write --emulated');
  const { status, stderr, stdout } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', emulated], {
    cwd: REPOSITORY,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${BIN}:${process.env['PATH'] ?? ''}`, RUNNER_TEMP: FOLDER },
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

function program(name: string, text: string): void {
  mkdirSync(BIN, { recursive: true });
  writeFileSync(path.join(BIN, name), `#!/bin/sh\n${text}\n`);
  chmodSync(path.join(BIN, name), 0o755);
}

function git(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync('git', [...args], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout.trim();
}

test('the pipeline of docs/projects.md measures, changes the template and keeps one pull request', () => {
  mkdirSync(REPOSITORY);
  program('powerdial', `exec ${process.execPath} ${path.resolve('dist/src/cli/main.js')} "$@"`);
  program(
    'gh',
    `echo "$1 $2 $4" >> ${CALLS}; test "$2" != create || test ! -e ${CALLS}.open && touch ${CALLS}.open`,
  );
  spawnSync('git', ['init', '--quiet', '--bare', path.join(FOLDER, 'origin')]);
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', path.join(FOLDER, 'origin'));
  const recording = {
    name: 'orders',
    memory: {
      '512': { warmMs: [399, 400, 401], initMs: [150], maxMemoryUsedMb: 70 },
      '1024': { warmMs: [199, 200, 201], initMs: [150], maxMemoryUsedMb: 70 },
    },
  };
  writeFileSync(path.join(REPOSITORY, 'orders.json'), JSON.stringify(recording));
  writeFileSync(path.join(REPOSITORY, 'sizes.txt'), 'orders orders.json\nbills gone.json\n');
  const template = (memory: number): string =>
    `Resources:\n  Orders:\n    Type: AWS::Lambda::Function\n    Properties: { FunctionName: orders, MemorySize: ${memory}, Timeout: 60 }\n`;
  writeFileSync(path.join(REPOSITORY, 'template.yaml'), template(512));
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'Begin');

  expect(run('Measure')).toContain('::warning::bills was not measured');
  for (const again of [false, true]) {
    if (again) git('switch', '--quiet', 'main');
    run('Propose');
    run('Open the pull request');
  }
  expect(git('show', 'origin/powerdial-sizes:template.yaml')).toMatch(/MemorySize: 1024/);
  expect(git('log', '--format=%s', 'main..origin/powerdial-sizes')).toBe(
    'Set Orders to what was measured',
  );
  // The second time there is one already, which is brought up to date.
  expect(readFileSync(CALLS, 'utf8').trim().split('\n')).toEqual([
    'pr create powerdial-sizes',
    'pr create powerdial-sizes',
    'pr edit --title',
  ]);
});
