/**
 * The check on real processes of this machine: an example against itself, and against a copy of it that
 * takes 15 % longer; default settings. False alarms and catches, as measured.
 *
 * npm run bench:check-processes -- [--repeat 50] [--only same|slower] [--handler examples/thumbnail/handler.mjs]
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CheckResult } from '../src/contract/check/check.ts';

const REPEAT = Number(option('--repeat') ?? 50);
const HANDLER = path.resolve(option('--handler') ?? 'examples/thumbnail/handler.mjs');
const SLOWER = 0.15;

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** The same folder with a handler around the handler, which goes on for 15 % of what that took. */
function slowerCopy(folder: string): string {
  const copy = path.join(folder, 'slower');
  cpSync(path.dirname(HANDLER), copy, { recursive: true });
  const file = path.join(copy, 'slower.mjs');
  writeFileSync(
    file,
    `import { handler as original } from './${path.basename(HANDLER)}';
export async function handler(event, context) {
  const startedAt = performance.now();
  const answer = await original(event, context);
  const now = performance.now();
  const until = now + ${SLOWER} * (now - startedAt);
  while (performance.now() < until);
  return answer;
}
`,
  );
  return file;
}

function check(head: string, seed: number): Promise<{ code: number | null; result: CheckResult }> {
  return new Promise((resolve, reject) => {
    const event = path.join(path.dirname(HANDLER), 'event.json');
    const args = ['check', '--local', HANDLER, '--local', head, '--payload', event];
    const child = spawn(
      process.execPath,
      [path.resolve('dist/src/cli/main.js'), ...args, '--json', '--quiet', '--seed', String(seed)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 130 || signal !== null) {
        console.error(`interrupted from outside (${signal ?? code}); made again`);
        check(head, seed).then(resolve, reject);
        return;
      }
      try {
        resolve({ code, result: JSON.parse(stdout) as CheckResult });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

async function series(name: string, head: string): Promise<void> {
  const counts = { pass: 0, fail: 0, inconclusive: 0 };
  const invocations: number[] = [];
  const startedAt = performance.now();
  for (let index = 0; index < REPEAT; index += 1) {
    const { code, result } = await check(head, index);
    counts[result.verdict] += 1;
    invocations.push(result.spent.invocations);
    const p50 = result.functions[0]?.metrics.find(({ metric }) => metric === 'duration.p50');
    const change = ((p50?.change?.estimate ?? 0) * 100).toFixed(1);
    console.error(
      `${name} ${index + 1}: exit ${String(code)}, p50 ${change} %, ${result.spent.invocations} invocations`,
    );
  }
  const sorted = invocations.toSorted((a, b) => a - b);
  const at = (p: number): number => sorted[Math.floor(p * (sorted.length - 1))] ?? 0;
  const seconds = (performance.now() - startedAt) / 1000 / REPEAT;
  console.log(
    `${name.padEnd(28)} failed ${counts.fail} of ${REPEAT}, passed ${counts.pass}, inconclusive ${counts.inconclusive}; invocations median ${at(0.5)}, p95 ${at(0.95)}; ${seconds.toFixed(1)} s each`,
  );
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'powerdial-bench-'));
try {
  const only = option('--only');
  if (only !== 'slower') await series('the same', HANDLER);
  if (only !== 'same') await series(`a copy ${SLOWER * 100} % slower`, slowerCopy(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
