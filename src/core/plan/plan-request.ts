import type { Observation } from '../../contract/shared/observation.ts';
import type { Variant } from '../../contract/tune/publishing.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import type { Trial } from '../../contract/tune/trial.ts';
import type { Prices } from '../cost/prices.ts';

/** Everything that planning looks at. */
export interface PlanRequest {
  readonly input: SettledInput;
  /** As the run found it. */
  readonly target: {
    readonly memoryMb: number;
    readonly timeoutSeconds: number;
    /** Whether a version is a snapshot, which costs minutes and money. */
    readonly snapStart?: boolean;
    /** Whether anybody may call $LATEST while a size is set on it. */
    readonly calledUnqualified?: boolean;
  };
  readonly variants: readonly Variant[];
  readonly observations: readonly Observation[];
  /** The trial invocation at the present size, where one was made: it gives the scale. */
  readonly trial?: Trial | null;
  /** The trial is still to be made: what is planned is the most that it may leave. */
  readonly beforeTrial?: boolean;
  /** The most memory that production used at the present size; `null` where nothing is known. */
  readonly productionUsedMb?: number | null;
  readonly roundsDone: number;
  readonly spentUsd: number;
  readonly prices: Prices;
  readonly ephemeralStorageMb: number;
}
