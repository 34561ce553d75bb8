/** What a run tells while it is under way: for the progress display, wherever the workflow runs. */
export type RunEvent =
  | {
      readonly kind: 'run-started';
      /** As the user named it. */
      readonly function: string;
      readonly run: string;
    }
  | {
      /** Inspect is through: what will be measured, and what it can cost at most. */
      readonly kind: 'inspected';
      readonly function: string;
      readonly currentMemoryMb: number;
      readonly currentTimeoutSeconds: number;
      readonly mostInvocations: number;
      readonly mostUsd: number;
      readonly warnings: readonly { readonly code: string; readonly message: string }[];
    }
  | {
      readonly kind: 'round-planned';
      readonly round: number;
      readonly memorySizes: readonly number[];
      readonly invocations: number;
      readonly reason: string;
    }
  | { readonly kind: 'stage-started'; readonly stage: string }
  | {
      readonly kind: 'size-set';
      readonly memoryMb: number;
      /** How many of how many sizes are published in this round. */
      readonly done: number;
      readonly planned: number;
    }
  | { readonly kind: 'size-refused'; readonly memoryMb: number; readonly reason: string }
  | { readonly kind: 'restored' }
  | {
      /** AWS is still making versions, and the workflow waits: to measure them, or to delete them. */
      readonly kind: 'versions-pending';
      readonly versions: number;
      readonly to: 'measure' | 'delete';
      readonly waitSeconds: number;
    }
  | {
      readonly kind: 'measuring';
      readonly round: number;
      /** The size of the invocation that just ended. */
      readonly memoryMb: number;
      readonly done: number;
      readonly planned: number;
      /** What the run has cost so far. */
      readonly usd: number;
    }
  | {
      /** What a handler printed, line by line, and which. */
      readonly kind: 'output';
      readonly place: string;
      readonly lines: readonly string[];
    }
  | {
      readonly kind: 'stage-failed';
      readonly stage: string;
      readonly error: string;
      /** `null`: it is not tried again. */
      readonly retryInMs: number | null;
    }
  | { readonly kind: 'cleaned-up'; readonly deletedVersions: number }
  | { readonly kind: 'applied'; readonly memoryMb: number; readonly timeoutSeconds: number }
  /** Somebody asked the run to stop: it now puts the target back. */
  | { readonly kind: 'interrupted' }
  /** Something the user should know at once, and not only in the result. */
  | { readonly kind: 'warning'; readonly code: string; readonly message: string }
  /** The run is over, well or not; what comes now is its result. */
  | { readonly kind: 'finished' };
