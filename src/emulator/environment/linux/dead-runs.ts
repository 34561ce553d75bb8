import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeCgroup } from './cpu-group.ts';
import { killAll } from '../kill-all.ts';
import { findMarkedProcesses } from './process-tree.ts';
import { isOfDeadRun } from './run-id.ts';

/**
 * Removes what runs left behind whose guardian was killed with them: processes, control groups,
 * temporary directories. What a living run owns is not touched, nor what another user left.
 */
export async function sweepDeadRuns(groupDirectories: readonly string[]): Promise<void> {
  killAll(findMarkedProcesses(isOfDeadRun));
  for (const directory of groupDirectories) {
    for (const name of deadNames(directory)) {
      await removeCgroup(path.join(directory, name)).catch(() => undefined);
    }
  }
  for (const name of deadNames(tmpdir())) {
    try {
      rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}

function deadNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory).filter(isOfDeadRun);
  } catch {
    return [];
  }
}
