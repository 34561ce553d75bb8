/**
 * What happens to a stage, as the progress display needs it: the player's events are of this form, and
 * the history of an execution is read into it.
 */
export type StageEvent =
  | { readonly kind: 'task-started'; readonly stateName: string }
  | { readonly kind: 'task-succeeded'; readonly stateName: string; readonly output: unknown }
  | {
      readonly kind: 'retry';
      readonly stateName: string;
      readonly error?: string;
      readonly delayMs: number;
    }
  | { readonly kind: 'caught'; readonly stateName: string; readonly error?: string };
