import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killAll } from '../kill-all.ts';
import { SAME_START_MS } from './household.ts';
import { readMarks } from './marked.ts';
import { readProcessTable, type ProcessTable } from './process-table.ts';

/** The Linux meter has the number of a pid namespace where this one has 0, so neither sweeps the other's. */
const SHAPE = /^powerdial-0-(\d+)-(\d+)-[0-9a-f]+/;

/**
 * Returns a name for everything that one host creates: it tells the host's process, and when that was
 * started.
 */
export async function newPosixRunId(): Promise<string> {
  const own = (await readProcessTable()).rows.get(process.pid);
  const startedAtSeconds = Math.round((own?.startedAtMs ?? 0) / 1000);
  return `powerdial-0-${process.pid}-${startedAtSeconds}-${randomBytes(4).toString('hex')}`;
}

/** Tells whether it was made by a host that is no more; false for what is not ours. */
export function isOfDeadPosixRun(name: string, { rows }: ProcessTable): boolean {
  const [, pid, startedAtSeconds] = SHAPE.exec(name) ?? [];
  if (pid === undefined) return false;
  const row = rows.get(Number(pid));
  if (row === undefined) return true;
  // Its clock may have been set meanwhile: only a start that is later is certainly another process's.
  return row.startedAtMs - Number(startedAtSeconds) * 1000 > SAME_START_MS;
}

/** Removes what runs left behind whose guardian was killed with them: processes and temporary directories. */
export async function sweepDeadPosixRuns(): Promise<void> {
  const table = await readProcessTable();
  const marks = [...(await readMarks())];
  killAll(marks.flatMap(([pid, mark]) => (isOfDeadPosixRun(mark, table) ? [pid] : [])));
  for (const name of readdirSync(tmpdir()).filter((each) => isOfDeadPosixRun(each, table))) {
    try {
      rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}
