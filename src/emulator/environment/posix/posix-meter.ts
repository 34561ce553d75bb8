import { settleFor } from '../cpu-share.ts';
import { Guardian } from '../guardian.ts';
import type { Meter } from '../meter.ts';
import { POSIX_GUARDIAN_SCRIPT } from './guardian-script.ts';
import { Looks } from './looks.ts';
import { ENVIRONMENT_OPTIONS, readMarks } from './marked.ts';
import { newPosixRunId, sweepDeadPosixRuns } from './posix-run.ts';
import { PosixWatch } from './posix-watch.ts';
import { readProcessTable } from './process-table.ts';

/** By what macOS and the BSDs have as well: `ps`, signals, process groups, and our own runtime's word. */
export function posixMeter(): Meter {
  const looks = { table: new Looks(readProcessTable), marks: new Looks(readMarks) };
  return {
    kind: 'posix',
    newRunId: newPosixRunId,
    sweepDeadRuns: sweepDeadPosixRuns,
    startGuardian: (runId, temporaryDirectory) =>
      new Guardian(POSIX_GUARDIAN_SCRIPT, [runId, temporaryDirectory, ...ENVIRONMENT_OPTIONS]),
    chooseCpuShare: (choice) => Promise.resolve(settleFor(choice)),
    watch: (limits, place) => new PosixWatch(limits, place, looks),
  };
}
