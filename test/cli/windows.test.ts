import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { runCheck } from '../../src/cli/check/run-check.ts';
import { explain } from '../../src/cli/shared/exit-with.ts';
import type { Terminal } from '../../src/cli/shared/terminal.ts';
import { runTune } from '../../src/cli/tune/run-tune.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const HANDLER = path.resolve('test/data/handlers/samples.mjs');
const RECORDED = path.resolve('examples/recorded/orders.json');

/** Runs a command as on Windows; what an error makes of it is what the command prints and ends with. */
async function runOnWindows(run: (terminal: Terminal) => Promise<number>) {
  vi.stubEnv('POWERDIAL_INTERNAL_PLATFORM', 'win32');
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const terminal = { stdin: process.stdin, stdout, stderr, env: {} } as unknown as Terminal;
  const code = await run(terminal).catch((error: unknown) => explain(error, terminal));
  return { code, said: String(stderr.read()) };
}

test.each<[string, (terminal: Terminal) => Promise<number>]>([
  ['tune --local', (terminal) => runTune(undefined, { local: HANDLER }, terminal)],
  ['check --local', (terminal) => runCheck(undefined, { local: [HANDLER, HANDLER] }, terminal)],
])('on Windows %s says how to use WSL, and shows no stack trace', async (_, run) => {
  const { code, said } = await runOnWindows(run);
  expect(said).toContain(
    'On Windows, run the same command in WSL (wsl --install, then Node inside of it), or tune the deployed function.',
  );
  expect(said).not.toMatch(/a bug|\n\s+at /);
  expect(code).not.toBe(0);
});

test('on Windows a recorded function is tuned as anywhere', async () => {
  const options = { recorded: RECORDED, memory: '512', invocations: '2' };
  expect((await runOnWindows((terminal) => runTune(undefined, options, terminal))).code).toBe(0);
});
