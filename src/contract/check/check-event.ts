import type { CheckResult } from './check.ts';

/** What a check tells while it is under way; `function` is the name that the result has it by. */
export type CheckEvent =
  | {
      readonly kind: 'check-started';
      readonly function: string;
      /** What it may invoke, both sides together, beside a few trials. */
      readonly mostInvocations: number;
      readonly mostUsd: number;
    }
  | {
      /** After every block of invocations; in the cloud after each call of Measure. */
      readonly kind: 'measuring';
      readonly function: string;
      readonly look: number;
      readonly done: number;
      /** Invocations of both sides up to this look. */
      readonly planned: number;
      /** What measuring this function has cost so far. */
      readonly usd: number;
    }
  | {
      /** A deployed workflow plays the check. */
      readonly kind: 'execution-started';
      readonly function: string;
      readonly executionArn: string;
    }
  | {
      /** What a handler on this machine printed, line by line. */
      readonly kind: 'output';
      readonly function: string;
      /** `base` or `head`. */
      readonly place: string;
      readonly lines: readonly string[];
    }
  /** How the check goes on, as a sentence. */
  | { readonly kind: 'note'; readonly message: string }
  /** Something that people should know at once, and not only from the result. */
  | { readonly kind: 'warning'; readonly code: string; readonly message: string }
  /** One function is through: judged, or not checked at all. */
  | {
      readonly kind: 'checked';
      readonly function: string;
      readonly verdict: CheckResult['verdict'];
    }
  | {
      readonly kind: 'not-checked';
      readonly function: string;
      readonly error: string;
      readonly cause: string;
    };
