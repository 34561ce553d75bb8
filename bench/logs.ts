/**
 * How fast `powerdial logs` reads logs, and in how much memory: the built command as a process of its own,
 * from pages already in memory, against `grep -c REPORT` on the same file.
 *
 * - sparse: one REPORT in a hundred lines, the application's of 200 bytes each. Wanted: 600 MB/s;
 * - dense: one REPORT in ten lines, also with `--json`, packed, and a tenth of it, whose memory must be alike;
 * - plain: the same without the timestamps of a managed runtime, so that every line is searched;
 * - JSON: the same in Lambda's JSON format.
 *
 * Each figure is printed with the processor's time and the load of the machine: with other work on it, the
 * first tells more than the clock does. The first argument is another size in MB (of 10^6 bytes).
 */
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { jsonLog, plainLog, sparseLog, textLog } from './logs/generated-log.ts';

const MEGABYTES = Number(process.argv[2] ?? 1000);
const RUNS = 3;
const WANTED = { sparseMbPerSecond: 600, peakMb: 150 };
const COMMAND = path.join(import.meta.dirname, '../src/cli/main.js');

interface Measured {
  readonly seconds: number;
  /** Of all processors together. */
  readonly processorSeconds: number;
  /** The most memory held at any time, in MB of 10^6 bytes. */
  readonly peakMb: number;
}

const folder = await mkdtemp(path.join(tmpdir(), 'powerdial-bench-'));
const peaksMb: number[] = [];
try {
  console.log(`Node ${process.version}, ${availableParallelism()} cores, median of ${RUNS} runs`);
  const sparse = await write('sparse', sparseLog(MEGABYTES * 1e6));
  const sparseSpeed = await compare('sparse', sparse);
  await rm(sparse);

  const dense = await write('dense', textLog(MEGABYTES * 1e6));
  await compare('dense', dense);
  await logs('dense, --json', dense, ['--json']);
  const packed = path.join(folder, 'dense.gz');
  await pipeline(createReadStream(dense), createGzip({ level: 6 }), createWriteStream(packed));
  await logs('dense, as .gz', packed, [], (await stat(dense)).size);
  await rm(packed);
  await rm(dense);
  await logs('dense, a tenth of it', await write('tenth', textLog(MEGABYTES * 1e5)));
  await logs('plain', await write('plain', plainLog(MEGABYTES * 1e6)));
  await rm(path.join(folder, 'plain'));
  await logs('JSON', await write('json', jsonLog(MEGABYTES * 1e6)));

  const enough = sparseSpeed >= WANTED.sparseMbPerSecond && Math.max(...peaksMb) < WANTED.peakMb;
  process.exitCode = enough ? 0 : 1;
  console.log(enough ? 'as wanted' : `NOT the wanted ${JSON.stringify(WANTED)}`);
} finally {
  await rm(folder, { recursive: true });
}

async function write(name: string, log: Iterable<string>): Promise<string> {
  const file = path.join(folder, name);
  await pipeline(Readable.from(log), createWriteStream(file));
  return file;
}

/** Reads a log with `grep` and with the command; returns the command's MB/s. */
async function compare(what: string, file: string): Promise<number> {
  const { size } = await stat(file);
  const grep = await median('grep', ['-c', 'REPORT', file]);
  report(`${what}: grep -c REPORT`, size, grep);
  const measured = await logs(what, file);
  console.log(
    `${''.padEnd(30)} ${(measured.seconds / grep.seconds).toFixed(1)} times grep's time, ${(measured.processorSeconds / grep.processorSeconds).toFixed(1)} times its processor time`,
  );
  return size / 1e6 / measured.seconds;
}

async function logs(
  what: string,
  file: string,
  options: readonly string[] = [],
  bytes?: number,
): Promise<Measured> {
  const measured = await median(process.execPath, [COMMAND, 'logs', ...options, file]);
  peaksMb.push(measured.peakMb);
  report(`${what}: powerdial logs`, bytes ?? (await stat(file)).size, measured);
  return measured;
}

function report(what: string, bytes: number, measured: Measured): void {
  const { seconds, processorSeconds, peakMb } = measured;
  const speed = `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`.padStart(10);
  console.log(
    `${what.padEnd(38)} ${speed}  ${seconds.toFixed(2)} s, ${processorSeconds.toFixed(2)} s of processors  ${peakMb.toFixed(0)} MB at most  load ${(loadavg()[0] ?? NaN).toFixed(1)}`,
  );
}

async function median(command: string, args: readonly string[]): Promise<Measured> {
  const runs: Measured[] = [];
  // The first run brings the file into memory.
  for (let run = 0; run <= RUNS; run += 1) {
    const measured = await measure(command, args);
    if (run > 0) runs.push(measured);
  }
  const middle = (of: (run: Measured) => number): number =>
    runs.map(of).toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN;
  return {
    seconds: middle((run) => run.seconds),
    processorSeconds: middle((run) => run.processorSeconds),
    peakMb: Math.max(...runs.map((run) => run.peakMb)),
  };
}

/** Runs a process to its end. Its time and its peak are what Linux says of it, asked until it has ended. */
async function measure(command: string, args: readonly string[]): Promise<Measured> {
  const start = performance.now();
  // Neither grep nor the command does the same work when it sees /dev/null: a pipe is what people have.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  let peakMb = 0;
  let processorSeconds = 0;
  const exit = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  while (child.exitCode === null && child.signalCode === null) {
    const ask = (name: string): Promise<string> =>
      readFile(`/proc/${child.pid ?? 0}/${name}`, 'utf8').catch(() => '');
    const [status, stat] = await Promise.all([ask('status'), ask('stat')]);
    // Fields 14 and 15 of proc_pid_stat(5), in hundredths of a second; the name before them is in brackets.
    const [user = 0, system = 0] = stat
      .slice(stat.indexOf(')'))
      .split(' ')
      .slice(12, 14)
      .map(Number);
    processorSeconds = Math.max(processorSeconds, (user + system) / 100);
    const peakKib = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    peakMb = Math.max(peakMb, (peakKib * 1024) / 1e6);
    await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 20))]);
  }
  const code = await exit;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}`);
  return { seconds: (performance.now() - start) / 1000, processorSeconds, peakMb };
}
