import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { runCompare } from '../../src/cli/check/run-compare.ts';
import { logsCommand } from '../../src/cli/logs/run-logs.ts';
import type { Terminal } from '../../src/cli/shared/terminal.ts';
import { runTune } from '../../src/cli/tune/run-tune.ts';
import { toCheckTable } from '../../src/stages/check/check-codec.ts';
import { sideOf } from '../core/compare/sides.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'powerdial-colour-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const RECORDED = path.resolve('examples/recorded/orders.json');
const LOG = path.resolve('examples/sample.log');
const RESULT = path.join(folder, 'result.json');
const CONFIG = path.join(folder, 'config.json');
writeFileSync(CONFIG, '{}');
const side = sideOf([97, 98, 99, 100, 101, 102, 103, 100, 99, 101]);
const observations = toCheckTable({ base: [], head: side.observations });
const functions = [{ function: 'orders', head: side.facts, observations }];
writeFileSync(RESULT, JSON.stringify({ schemaVersion: 1, functions }));

const COMMANDS: Readonly<Record<string, (terminal: Terminal) => Promise<unknown>>> = {
  tune: (terminal) =>
    runTune(undefined, { recorded: RECORDED, memory: '512', invocations: '2' }, terminal),
  compare: (terminal) => runCompare(RESULT, RESULT, { config: CONFIG }, terminal),
  logs: (terminal) => logsCommand([LOG], {}, terminal),
};

/** What a command writes into a pipe. */
async function written(
  run: (terminal: Terminal) => Promise<unknown>,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const terminal = { stdin: process.stdin, stdout, stderr, env } as unknown as Terminal;
  await run(terminal);
  stdout.end();
  return String(stdout.read());
}

test.each(Object.entries(COMMANDS))(
  '%s writes colours into a pipe where FORCE_COLOR asks for them, and none where NO_COLOR is set beside it',
  async (_, run) => {
    expect(await written(run, { FORCE_COLOR: '1' })).toContain('\u001b[');
    expect(await written(run, { FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\u001b');
  },
);
