import { z } from 'zod';

export const machineSchema = z.object({
  /** As it calls itself: "AMD EPYC 7R13 Processor". */
  processor: z.string(),
  cores: z.number().positive(),
  /** How many of the cores were there to use: fewer inside a limited container. */
  cpus: z.number().positive(),
});
/** A machine that handlers ran on. */
export type Machine = Readonly<z.infer<typeof machineSchema>>;

/** What went on on the machine while handlers were measured there, as shares of its processors' time. */
export interface MachineLoad {
  /** Processes that ran or waited at the end, on average over a minute; `null` where nothing tells. */
  readonly load: number | null;
  readonly idleShare: number;
  /** What processes took that the check did not start. */
  readonly othersShare: number;
  /** What the host of a virtual machine took from it. */
  readonly stealShare: number;
  /** Periods in which the control group of the check was held back. */
  readonly throttledShare: number;
  /** What takes time cannot be judged by itself. */
  readonly tooBusy: boolean;
}
