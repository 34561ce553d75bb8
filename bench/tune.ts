/**
 * The command as a whole process: `powerdial tune --recorded` with 6 sizes × 50 invocations, and
 * `powerdial --help`. Wall clock and peak memory, median of 7, beside Node doing nothing.
 *
 * npm run bench:tune
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

interface Run {
  readonly seconds: number;
  readonly peakMb: number;
}

const RUNS = 7;
const COMMAND = path.resolve('dist/src/cli/main.js');

function run(args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    let peakKb = 0;
    // VmHWM only grows, so that the last look is the peak.
    const look = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
        peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      } catch {
        // It has ended.
      }
    }, 5);
    child.on('exit', (code) => {
      clearInterval(look);
      const seconds = (performance.now() - startedAt) / 1000;
      if (code === 0) resolve({ seconds, peakMb: peakKb / 1024 });
      else reject(new Error(`${args.join(' ')} ended with ${String(code)}`));
    });
  });
}

async function median(args: readonly string[]): Promise<Run> {
  const runs: Run[] = [];
  for (let index = 0; index < RUNS; index++) runs.push(await run(args));
  const middle = (pick: (each: Run) => number): number =>
    runs.map(pick).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  return { seconds: middle((each) => each.seconds), peakMb: middle((each) => each.peakMb) };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'powerdial-bench-'));
const recording = path.join(folder, 'orders.json');
writeFileSync(
  recording,
  JSON.stringify({
    name: 'orders',
    memory: {
      '128': { warmMs: [1590, 1600, 1610], initMs: [150], maxMemoryUsedMb: 70 },
      '3008': { warmMs: [114, 115, 116], initMs: [150], maxMemoryUsedMb: 70 },
    },
  }),
);
const tune = [
  'tune',
  '--recorded',
  recording,
  '--memory',
  '128,256,512,1024,1769,3008',
  '--invocations',
  '50',
];
const nothing = await median(['-e', '']);
const rows = [
  ['node -e ""', nothing, ''],
  ['powerdial --help', await median([COMMAND, '--help']), 'under 0.2 s'],
  [
    'powerdial tune --recorded, 6 sizes × 50',
    await median([COMMAND, ...tune]),
    'under 2 s, under 200 MB',
  ],
] as const;
rmSync(folder, { recursive: true });
for (const [what, { seconds, peakMb }, wanted] of rows) {
  const ratio = (seconds / nothing.seconds).toFixed(1);
  console.log(
    `${what.padEnd(42)} ${seconds.toFixed(3)} s  ${peakMb.toFixed(0).padStart(4)} MB  ${ratio.padStart(5)} × node  ${wanted}`,
  );
}
