import { readdirSync, readFileSync } from 'node:fs';

/**
 * What is left of a command that had this folder for its temporary files: processes, which carry the
 * folder's name in their environment (handlers) or in their arguments (the guardian), and files.
 */
export function leftIn(temporary: string): readonly string[] {
  return [...processesOf(temporary), ...readdirSync(temporary).map((name) => `file ${name}`)];
}

/** Without /proc nothing is found: test/emulator/environment/leaves-nothing.test.ts looks by `ps`. */
function processesOf(folder: string): readonly string[] {
  return entriesOf('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => `${read(pid, 'cmdline')}\0${read(pid, 'environ')}`.includes(folder))
    .map((pid) => `process ${pid}: ${read(pid, 'cmdline').replaceAll('\0', ' ').trim()}`);
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Nothing for a process that has ended, or that is another user's. */
function read(pid: string, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
