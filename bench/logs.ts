/**
 * How fast `powerdial logs` reads a log of 1 GB with one REPORT in ten lines, and in how much memory:
 * the built command as a process of its own, from pages already in memory, against `grep -c REPORT`
 * on the same file. Wanted: 150 MB/s and memory below 150 MB. Also with `--json`, and from gzip.
 *
 * The first argument is another size in MB (of 10^6 bytes).
 */
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { jsonLog, textLog } from './logs/generated-log.ts';

const MEGABYTES = Number(process.argv[2] ?? 1000);
const RUNS = 3;
const WANTED = { mbPerSecond: 150, peakMb: 150 };
const COMMAND = path.join(import.meta.dirname, '../src/cli/main.js');

interface Measured {
  readonly seconds: number;
  /** The most memory held at any time, in MB of 10^6 bytes. */
  readonly peakMb: number;
}

const folder = await mkdtemp(path.join(tmpdir(), 'powerdial-bench-'));
try {
  console.log(`Node ${process.version}, ${availableParallelism()} cores, median of ${RUNS} runs`);
  const text = path.join(folder, 'text.log');
  await pipeline(Readable.from(textLog(MEGABYTES * 1e6)), createWriteStream(text));
  const bytes = (await stat(text)).size;
  console.log(`text log: ${(bytes / 1e6).toFixed(0)} MB, one REPORT in ten lines`);

  const grep = await median('grep', ['-c', 'REPORT', text]);
  report('grep -c REPORT', bytes, grep);
  const summary = await median(process.execPath, [COMMAND, 'logs', text]);
  report('powerdial logs', bytes, summary);
  console.log(`${''.padEnd(30)} ${(summary.seconds / grep.seconds).toFixed(1)} times grep's time`);
  report(
    'powerdial logs --json',
    bytes,
    await median(process.execPath, [COMMAND, 'logs', '--json', text]),
  );

  const tenth = path.join(folder, 'tenth.log');
  await pipeline(Readable.from(textLog(bytes / 10)), createWriteStream(tenth));
  report(
    'powerdial logs, a tenth of it',
    bytes / 10,
    await median(process.execPath, [COMMAND, 'logs', tenth]),
  );

  const packed = path.join(folder, 'tenth.log.gz');
  await pipeline(createReadStream(tenth), createGzip({ level: 6 }), createWriteStream(packed));
  report(
    'powerdial logs, that as .gz',
    bytes / 10,
    await median(process.execPath, [COMMAND, 'logs', packed]),
  );

  const json = path.join(folder, 'json.log');
  await pipeline(Readable.from(jsonLog(bytes / 10)), createWriteStream(json));
  report(
    'powerdial logs, as JSON log',
    bytes / 10,
    await median(process.execPath, [COMMAND, 'logs', json]),
  );

  const fastEnough = bytes / 1e6 / summary.seconds >= WANTED.mbPerSecond;
  process.exitCode = fastEnough && summary.peakMb < WANTED.peakMb ? 0 : 1;
  console.log(process.exitCode === 0 ? 'as wanted' : `NOT the wanted ${JSON.stringify(WANTED)}`);
} finally {
  await rm(folder, { recursive: true });
}

function report(what: string, bytes: number, { seconds, peakMb }: Measured): void {
  const speed = `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`.padStart(10);
  console.log(
    `${what.padEnd(30)} ${speed}  ${seconds.toFixed(2)} s  ${peakMb.toFixed(0)} MB at most`,
  );
}

async function median(command: string, args: readonly string[]): Promise<Measured> {
  const runs: Measured[] = [];
  // The first run brings the file into memory.
  for (let run = 0; run <= RUNS; run += 1) {
    const measured = await measure(command, args);
    if (run > 0) runs.push(measured);
  }
  const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b);
  return {
    seconds: seconds[Math.floor(RUNS / 2)] ?? NaN,
    peakMb: Math.max(...runs.map((run) => run.peakMb)),
  };
}

/** Runs a process to its end. Its peak is what Linux says of it, asked until it has ended. */
async function measure(command: string, args: readonly string[]): Promise<Measured> {
  const start = performance.now();
  // Neither grep nor the command does the same work when it sees /dev/null: a pipe is what people have.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  let peakMb = 0;
  const exit = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  while (child.exitCode === null && child.signalCode === null) {
    const status = await readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').catch(() => '');
    const peakKib = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    peakMb = Math.max(peakMb, (peakKib * 1024) / 1e6);
    await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 20))]);
  }
  const code = await exit;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}`);
  return { seconds: (performance.now() - start) / 1000, peakMb };
}
