import { ENVIRONMENT_MARK } from '../environment-variables.ts';
import { ps } from './process-table.ts';

/**
 * How `ps` is asked for the environment of this user's processes: procps has `e` among its options without
 * a dash, macOS has -E (ps(1) of each).
 */
export const ENVIRONMENT_OPTIONS: readonly string[] =
  process.platform === 'darwin' ? ['-A', '-E', '-ww'] : ['axeww'];

/**
 * Returns the marks of processes by their ids, wherever they hang. macOS hides the environment of its own
 * programs (System Integrity Protection), so that this is one of three ways to find what was started, beside
 * process groups and parents.
 */
export async function readMarks(): Promise<ReadonlyMap<number, string>> {
  return parseMarks(await ps([...ENVIRONMENT_OPTIONS, '-o', 'pid=,command=']));
}

export function parseMarks(text: string): ReadonlyMap<number, string> {
  const marks = new Map<number, string>();
  const wanted = new RegExp(
    `^\\s*(\\d+) .*? ${ENVIRONMENT_MARK}=(powerdial-[-0-9a-f]+/\\d+)(?: |$)`,
  );
  for (const line of text.split('\n')) {
    const [, pid, mark] = wanted.exec(line) ?? [];
    if (pid !== undefined && mark !== undefined) marks.set(Number(pid), mark);
  }
  return marks;
}
