import { trialAdvice, trialFailureKind, type Surface } from '../trial-advice.ts';
import { failureText, trialText } from '../trial.ts';
import { refusalRow, type OfFunction } from './refusal-row.ts';

/** A side of a check whose trial failed, in the words of the function. */
export interface FailedTrial {
  readonly side: 'base' | 'head';
  readonly function: string;
  readonly version: string;
  readonly attempts: number;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
}

/** What ends a check under way. */
export const CHECK_REFUSALS = {
  'trials-failed': refusalRow(
    'TrialFailed',
    (
      facts: OfFunction & {
        readonly errorType: string | null;
        readonly trials: readonly FailedTrial[];
        readonly isAlone: boolean;
        readonly surface: Surface;
      },
    ) => {
      const [first] = facts.trials;
      const both = facts.trials.length > 1;
      const which = facts.isAlone ? '' : both ? ', neither side' : `, not the ${first?.side ?? ''}`;
      const words = facts.trials
        .map((each) => `${each.side} ${trialText(each)}: ${failureText(each)}`)
        .join('; ');
      const whose = both || facts.isAlone ? 'they understand' : 'it understands';
      const kind = first === undefined ? 'payload' : trialFailureKind(first);
      const advice =
        kind === 'payload' ? `Give a payload that ${whose}.` : trialAdvice(kind, facts.surface);
      return `Invoke with the payload, before measuring: wanted an answer, got none that ended well${which} (${words}). ${advice}`;
    },
  ),
  'no-time-for-a-block': refusalRow(
    'TargetBusy',
    (facts: OfFunction) =>
      `Measure ${facts.function}: its invocations have been throttled for too long (no invocation could begin in time). Start again when its concurrency is free, or with a lower concurrency.`,
  ),
  'deployed-during-check': refusalRow(
    'TargetChanged',
    (facts: OfFunction) =>
      `Check ${facts.function}:$LATEST: wanted the code that it had when the check began, and somebody has deployed since. Check it again, or check a published version, which nobody can change.`,
  ),
} as const;
