import type { CheckEvent } from '../../contract/check/check-event.ts';

/** What a check runs in. */
export interface CheckSurroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Aborted to stop the check: nothing has to be put back. */
  readonly signal: AbortSignal;
  readonly emit: (event: CheckEvent) => void;
  /** Told how invocations of a function failed, in its own words: what it says may be of its data. */
  readonly onFailures: (text: string) => void;
}
