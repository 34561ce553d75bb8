import type { RunEvent } from '../../../contract/shared/run-event.ts';

/** Shows what a run tells while it is under way. */
export interface Progress {
  readonly show: (event: RunEvent) => void;
  /** Leaves the terminal as it was found. May be called again, and at any time. */
  readonly end: () => void;
}

export interface ProgressOptions {
  /** Warnings alone. */
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  /** `auto`, `plain` or `json`. */
  readonly progress?: string | undefined;
  /** `false` for `--no-color`. */
  readonly color?: boolean | undefined;
}
