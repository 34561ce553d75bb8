/**
 * What `powerdial history` says of generated logs whose truth is known, 200 functions, text and JSON, behind the
 * embedded endpoint: `npm run bench:history`, or with so many lines: `npm run bench:history -- 10000000`. The command
 * is a process of its own, whose memory is watched. `npm run bench:payloads` is the other half: what a run makes of it.
 * Results are in docs/history.md.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { HistoryAnswer, HistorySpent } from '../src/contract/history/history.ts';
import { judgeHistories } from './history/judge-histories.ts';
import type { Truth } from './history/raw-truth.ts';

const LINES = Number(process.argv[2] ?? 10_000_000);
const FUNCTIONS = 200;
const here = import.meta.dirname;

interface Answer {
  readonly functions: readonly HistoryAnswer[];
  readonly spent: HistorySpent;
}

const folder = mkdtempSync(path.join(tmpdir(), 'powerdial-history-'));
const truthFile = path.join(folder, 'truth.json');
const server = spawn(
  process.execPath,
  [
    '--max-old-space-size=4096',
    path.join(here, 'history/serve-traffic.js'),
    String(FUNCTIONS),
    String(LINES),
    truthFile,
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const url = await firstLine(server.stdout);
  const truths = JSON.parse(readFileSync(truthFile, 'utf8')) as readonly Truth[];
  const all = await history(url, ['--all']);
  console.log(
    `${LINES} lines of ${FUNCTIONS} functions; load ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} cores`,
  );
  const isWithin = judgeHistories(all.answer.functions, truths);
  const { spent } = all.answer;
  console.log(
    `by queries: ${spent.queries} queries, ${spent.rows} rows, ${(spent.bytesScanned / 1e9).toFixed(3)} GB, ${all.seconds.toFixed(1)} s, peak ${all.peakMb} MB (wanted: 200)`,
  );
  const few = ['--name', 'fn-00*'];
  const byQueries = await history(url, few);
  const byEvents = await history(url, [...few, '--by', 'events']);
  for (const [how, { answer, seconds, peakMb }] of [
    ['queries', byQueries],
    ['events', byEvents],
  ] as const) {
    const calls = answer.functions.reduce((sum, each) => sum + (each.history?.invocations ?? 0), 0);
    console.log(
      `10 functions by ${how}: ${calls} calls, ${answer.spent.rows} rows, ${seconds.toFixed(1)} s, peak ${peakMb} MB`,
    );
  }
  if (!isWithin || all.peakMb > 200) process.exitCode = 1;
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('the endpoint ended without an address');
}

async function history(
  url: string,
  options: readonly string[],
): Promise<{ readonly answer: Answer; readonly seconds: number; readonly peakMb: number }> {
  const startMs = performance.now();
  const command = spawn(
    process.execPath,
    [path.join(here, '../src/cli/main.js'), 'history', ...options, '--json', '--quiet'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
      },
    },
  );
  let peakMb = 0;
  const look = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(command.pid ?? 0));
  }, 50);
  let text = '';
  for await (const part of command.stdout) text += String(part);
  clearInterval(look);
  return {
    answer: JSON.parse(text) as Answer,
    seconds: (performance.now() - startMs) / 1000,
    peakMb,
  };
}

/** The most memory that a process ever held, in MB; 0 once it is gone. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
