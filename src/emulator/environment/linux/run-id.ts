import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

const PREFIX = 'powerdial';
const SHAPE = /^powerdial-(\d+)-(\d+)-(\d+)-[0-9a-f]+/;

/**
 * Returns a name for everything that one host creates, which tells whose it is: the pid namespace, the pid
 * and the start time of the host's process (a pid alone is reused), and a random part, since one process may
 * hold several hosts.
 */
export function newRunId(): string {
  const started = startTime(process.pid) ?? '0';
  return `${PREFIX}-${pidNamespace()}-${process.pid}-${started}-${randomBytes(4).toString('hex')}`;
}

/**
 * Tells whether a directory was made by a host that is no more. False for what is not ours, and for what
 * comes from another pid namespace: whether that process lives cannot be seen from here.
 */
export function isOfDeadRun(directoryName: string): boolean {
  const match = SHAPE.exec(directoryName);
  if (match === null) return false;
  const [, namespace, pid, started] = match;
  return namespace === pidNamespace() && startTime(Number(pid)) !== started;
}

function pidNamespace(): string {
  // Such as "pid:[4026531836]".
  return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
}

/** Clock ticks from boot to the start of a process, `null` when there is none. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets, and may hold anything; 22nd is starttime.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
