import { type FunctionSettings } from './function-settings.ts';
import type { UpdateFailureCode } from './update-failure.ts';

/** $LATEST as the API tells it. */
export interface LatestVersion {
  readonly settings: FunctionSettings;
  readonly revisionId: string;
  readonly modifiedAtMs: number;
  /** When the update under way will be finished; `null` when none is. */
  readonly updateEndsAtMs: number | null;
  /** Why the last update failed; `null` where it did not. */
  readonly updateFailure: UpdateFailureCode | null;
}
