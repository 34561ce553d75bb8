import type { Warning } from './state.ts';

/**
 * What happens in a run, for whoever follows it: neutral, so that an embedded run and a deployed one
 * can tell the same story. Every event is a plain JSON value.
 */
export type RunEvent =
  | {
      readonly kind: 'run-started';
      readonly function: string;
      /** Memory sizes that the plan names, as far as it is known before the first round. */
      readonly memorySizesMb: readonly number[];
      /** The most invocations of the target that the run may make. */
      readonly invocationsAtMost: number;
      /** The most that these may cost, in `currency`. */
      readonly usdAtMost: number;
      readonly currency: 'USD' | 'CNY';
    }
  | {
      readonly kind: 'stage-started';
      /** A Task of the workflow by its name, as in `stages.ts`. */
      readonly stage: string;
    }
  | {
      /** A version with this memory size is published and ready to be measured. */
      readonly kind: 'size-set';
      readonly memoryMb: number;
      /** 1 for the first size of its round. */
      readonly number: number;
      readonly of: number;
    }
  | { readonly kind: 'size-refused'; readonly memoryMb: number; readonly reason: string }
  /** $LATEST has its own configuration again. */
  | { readonly kind: 'restored' }
  | {
      /** After each observation. */
      readonly kind: 'measuring';
      readonly round: number;
      readonly memoryMb: number;
      /** Within the round. */
      readonly done: number;
      readonly planned: number;
      /** Spent on the target so far, by the whole run. */
      readonly usd: number;
    }
  | {
      readonly kind: 'stage-failed';
      readonly stage: string;
      readonly error: string;
      /** How long until the workflow tries the stage again; `null` where it does not. */
      readonly retryInMs: number | null;
    }
  | {
      readonly kind: 'cleaned-up';
      /** Versions that the run had published and that are deleted now. */
      readonly versionsDeleted: number;
      /** Versions that were left, because something else uses them. */
      readonly versionsKept: number;
    }
  /** Somebody asked the run to stop; it now puts the target back. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'warning'; readonly warning: Warning };
