/** As much of a stream as progress needs; `process.stderr` is one. */
export interface Output {
  readonly isTTY: boolean;
  /** Absent where there is no terminal. */
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/** The world of a display: tests bring their own. */
export interface ProgressClock {
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  /** Calls again and again until the returned function is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
}
