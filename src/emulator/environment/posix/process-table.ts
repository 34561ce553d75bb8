import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process as `ps` tells of it. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** The process group. */
  readonly group: number;
  /** User and system time, with that of children that have ended where `ps` knows it. */
  readonly cpuMs: number;
  readonly residentBytes: number;
  /** To the second. */
  readonly startedAtMs: number;
}

/** What one look at all processes found. */
export interface ProcessTable {
  /** On the clock of `performance.now()`: just before the look. */
  readonly atMs: number;
  readonly rows: ReadonlyMap<number, ProcessRow>;
}

const BYTES_PER_KB = 1024;

/**
 * All processes, each with the time of its children that have ended: `S` among the options that procps
 * takes without a dash, -S on the BSDs; macOS takes -S and does not fill it in (ps(1) of each).
 */
const ALL_PROCESSES = process.platform === 'linux' ? ['axS'] : ['-A', '-S'];

/** POSIX's names of columns, and `lstart`, which Linux and the BSDs have. */
const COLUMNS = 'pid=,ppid=,pgid=,time=,rss=,lstart=';

/** Looks at all processes of the machine. @throws when there is no `ps` */
export async function readProcessTable(): Promise<ProcessTable> {
  const atMs = performance.now();
  const text = await ps([...ALL_PROCESSES, '-o', COLUMNS]);
  return { atMs, rows: parseProcessTable(text) };
}

/** @param text a line for each process: numbers, the time, kilobytes, and the rest is when it was started */
export function parseProcessTable(text: string): ReadonlyMap<number, ProcessRow> {
  const rows = new Map<number, ProcessRow>();
  for (const line of text.split('\n')) {
    const [pid, parent, group, time, kilobytes, ...started] = line.trim().split(/\s+/);
    const cpuMs = parseTime(time ?? '');
    if (kilobytes === undefined || cpuMs === null) continue;
    rows.set(Number(pid), {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      cpuMs,
      residentBytes: Number(kilobytes) * BYTES_PER_KB,
      startedAtMs: Date.parse(started.join(' ')),
    });
  }
  return rows;
}

/** `[[dd-]hh:]mm:ss`, and on macOS and the BSDs with hundredths of a second (ps(1)). */
function parseTime(text: string): number | null {
  const match = /^(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(text);
  if (match === null) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  const inSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60;
  return Math.round((inSeconds + Number(seconds)) * 1000);
}

/** Runs `ps` with the dates and numbers of no country. */
export async function ps(args: readonly string[]): Promise<string> {
  const { stdout } = await run('ps', [...args], {
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: process.env['TZ'] },
    encoding: 'latin1',
    maxBuffer: 256 * 2 ** 20,
  });
  return stdout;
}
