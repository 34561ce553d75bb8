/** Counters of a machine since it was started, in ticks of one unit. */
export interface LoadSample {
  readonly allTicks: number;
  readonly idleTicks: number;
  /** What the host of a virtual machine took from it. */
  readonly stealTicks: number;
  /** Of this process and those it started, once they have ended. */
  readonly ownTicks: number;
  /** Processes that ran or waited, on average over the last minute. */
  readonly load: number | null;
  /** Periods of the control group that this process is in, and those in which it was held back. */
  readonly periods: number;
  readonly throttledPeriods: number;
}
