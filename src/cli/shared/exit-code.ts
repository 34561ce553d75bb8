/** What the exit codes of every command mean; `docs/cli.md` and `contract.md` promise them. */
export const EXIT = {
  done: 0,
  /** A check found a regression or a broken budget. */
  regression: 1,
  /** Wrong usage, input or configuration: nothing was run. */
  usage: 2,
  /** The run failed, or no size could be measured or meets the limits. */
  failed: 3,
  inconclusive: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
