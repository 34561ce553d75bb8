import type { CpuChoice, CpuShare } from './cpu-share.ts';
import type { CpuGroup } from './linux/cpu-group.ts';
import type { Guardian } from './guardian.ts';
import type { ProcessWatch, ResourceLimits } from './process-watch.ts';

/**
 * What the system tells of processes, and how what was started is found again. Two of them are there: the
 * Linux one reads /proc and control groups, the POSIX one has nothing but `ps`, signals and what our own
 * runtime tells of itself.
 */
export interface Meter {
  readonly kind: 'linux' | 'posix';
  /** A name for everything that one host creates, by which it is known later whether that host lives. */
  newRunId(): Promise<string>;
  /** Removes what runs left behind whose guardian was killed with them. */
  sweepDeadRuns(): Promise<void>;
  /** The process that cleans up after a host that was killed. */
  startGuardian(runId: string, temporaryDirectory: string): Guardian;
  /** @throws when the kind that is asked for does not work on this machine */
  chooseCpuShare(choice: CpuChoice, runId: string): Promise<CpuShare>;
  /** Looks after the processes of one environment. */
  watch(limits: ResourceLimits, place: WatchedPlace): ProcessWatch;
}

/** By what the processes of an environment are found. */
export interface WatchedPlace {
  /** The environment's mark, which is among its variables. */
  readonly mark: string;
  readonly group: CpuGroup | null;
  readonly guardian: Guardian;
}
