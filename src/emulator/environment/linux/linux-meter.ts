import { Guardian } from '../guardian.ts';
import type { Meter } from '../meter.ts';
import { chooseCpuShare, ownCgroupPlaces } from './choose-cpu-share.ts';
import { sweepDeadRuns } from './dead-runs.ts';
import { GUARDIAN_SCRIPT } from './guardian-script.ts';
import { LinuxWatch } from './linux-watch.ts';
import { newRunId } from './run-id.ts';

/** By /proc and control groups. */
export function linuxMeter(): Meter {
  const { v1, v2 } = ownCgroupPlaces();
  const directories = [...v1, ...v2];
  return {
    kind: 'linux',
    newRunId: () => Promise.resolve(newRunId()),
    sweepDeadRuns: () => sweepDeadRuns(directories),
    startGuardian: (runId, temporaryDirectory) =>
      new Guardian(GUARDIAN_SCRIPT, [runId, temporaryDirectory, ...directories]),
    chooseCpuShare,
    watch: (limits, place) => new LinuxWatch(limits, place),
  };
}
