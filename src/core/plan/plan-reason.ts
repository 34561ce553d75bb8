import type { RefusalReason } from '../../contract/tune/size-reason.ts';

/** Why a round is measured, or none any more. */
export type PlanReason =
  /** The trial failed: one invocation of a larger size tells whether it ends the run. */
  | { readonly code: 'larger-than-trial'; readonly trialMb: number; readonly memoryMb: number }
  /** A first look at every likely size. */
  | { readonly code: 'first-look' }
  /** A first look at sizes that turned out to hold what the function uses. */
  | { readonly code: 'first-look-at-safe-sizes' }
  | { readonly code: 'sizes-of-input' }
  /** Invocations that were to be warm were cold starts, or the other way round. */
  | { readonly code: 'counts-incomplete' }
  | { readonly code: 'may-be-best'; readonly memorySizesMb: readonly number[] }
  | { readonly code: 'most-rounds-measured'; readonly rounds: number }
  | { readonly code: 'counts-of-input-measured' }
  | { readonly code: 'cold-starts-of-input-measured' }
  | { readonly code: 'decision-settled' }
  /** The decision is open, and what a run may do is used up. */
  | { readonly code: 'most-invocations-made'; readonly mostInvocations: number }
  | { readonly code: 'budget-used-up'; readonly maxUsd: number }
  /** No budget was named, and more would cost nearly as much as 50 invocations of every size. */
  | { readonly code: 'as-much-as-brute-force'; readonly usd: number }
  /** The round itself would be too large. */
  | { readonly code: 'too-many-invocations'; readonly mostInvocations: number }
  | { readonly code: 'died-at-largest-size' }
  | { readonly code: 'every-size-too-small' };

/** A size of the input that is not tried. */
export interface RefusedSize {
  readonly memoryMb: number;
  readonly reason: RefusalReason;
}
