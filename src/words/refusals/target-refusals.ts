import type { TargetRefusal } from '../../core/target/target-refusal.ts';
import { targetRefusalText } from '../reasons/target-refusal.ts';
import { failureText } from '../trial.ts';
import { trialAdvice, trialFailureKind, type Surface } from '../trial-advice.ts';
import { concurrencyLimitText } from '../warnings/target-sentences.ts';
import { refusalRow, type OfFunction } from './refusal-row.ts';

/** Why a run or a check on a function does not begin. */
export const TARGET_REFUSALS = {
  'no-such-function': refusalRow(
    'TargetNotFound',
    (facts: OfFunction & { readonly answer: string }) =>
      `Read ${facts.function}: there is no such function here (${facts.answer}). Check its name, its region and whose account these credentials are of.`,
  ),
  'no-such-side': refusalRow(
    'TargetNotFound',
    (facts: OfFunction & { readonly answer: string }) =>
      `Read ${facts.function}: there is no such function, version or alias here (${facts.answer}). Check its name, its region and whose account these credentials are of.`,
  ),
  untunable: refusalRow(
    'TargetCannotBeTuned',
    (facts: OfFunction & { readonly named: string; readonly why: TargetRefusal }) =>
      `Tune ${facts.named}: it cannot be done, ${targetRefusalText(facts.why)}.`,
  ),
  uncheckable: refusalRow(
    'TargetCannotBeTuned',
    (facts: OfFunction & { readonly named: string; readonly why: SideRefusal }) =>
      `Check ${facts.named}: it cannot be done, ${sideRefusalText(facts.why)}.`,
  ),
  'other-than-latest': refusalRow(
    'TargetCannotBeTuned',
    (
      facts: OfFunction & {
        readonly named: string;
        readonly qualifier: string;
        readonly fields: readonly string[];
      },
    ) =>
      `Tune ${facts.named}: only $LATEST can be published at other sizes, and it differs from ${facts.qualifier} in ${facts.fields.join(', ')}. Name the function without a qualifier to tune $LATEST, or deploy the code of ${facts.qualifier} to it first.`,
  ),
  'description-too-long': refusalRow(
    'TargetCannotBeTuned',
    (
      facts: OfFunction & {
        readonly named: string;
        readonly descriptionLength: number;
        readonly mostLength: number;
        readonly allowedLength: number;
      },
    ) =>
      `Tune ${facts.named}: a run notes in front of the function's description how to put it back, and AWS allows ${facts.allowedLength} characters in all. Wanted a description of at most ${facts.mostLength} characters, it has ${facts.descriptionLength}. Shorten it, or start the run under a shorter name.`,
  ),
  'runtime-blocked': refusalRow(
    'TargetCannotBeTuned',
    (
      facts: OfFunction & {
        readonly named: string;
        readonly runtime: string;
        readonly updateBlocked: string;
      },
    ) =>
      `Tune ${facts.named}: wanted a runtime whose functions can be updated until the run is over, and from ${facts.updateBlocked} AWS blocks updates of ${facts.runtime}: what a run changes could not be put back. Move the function to a newer runtime first; \`powerdial check\` measures it as it is.`,
  ),
  'no-concurrency': refusalRow(
    'TargetCannotBeTuned',
    (
      facts: OfFunction & {
        readonly freeConcurrency: number;
        readonly limit: 'unreserved' | 'reserved';
      },
    ) =>
      `Tune ${facts.function}: wanted room for at least 1 invocation at a time, ${concurrencyLimitText(facts.limit)} leaves ${facts.freeConcurrency}. Raise the limit, then start again.`,
  ),
  'another-run-lives': refusalRow(
    'TargetLocked',
    (facts: OfFunction & { readonly run: string; readonly until: string }) =>
      `Tune ${facts.function}: run ${facts.run} is at work on it and may take until ${facts.until}. Wait for it; if it is dead, run \`powerdial restore ${facts.function}\`.`,
  ),
  'dead-run-pending': refusalRow(
    'TargetBusy',
    (facts: OfFunction & { readonly run: string; readonly versions: string }) =>
      `Tune ${facts.function}: run ${facts.run} died and left version ${facts.versions.replaceAll(',', ', ')}, which AWS does not delete yet: it is still pending, with SnapStart for up to half an hour. Start again then, or run \`powerdial restore ${facts.function}\`, which waits for it.`,
  ),
  'trial-failed': refusalRow(
    'TrialFailed',
    (
      facts: OfFunction & {
        readonly named: string;
        readonly errorType: string | null;
        readonly errorMessage: string | null;
        readonly surface: Surface;
        /** Sizes at which it failed. */
        readonly memorySizesMb: readonly number[];
      },
    ) =>
      `Invoke ${facts.named} with the payload, before measuring: wanted an answer at ${facts.memorySizesMb.join(' or ')} MB, ${failureText(facts)}. ${trialAdvice(trialFailureKind(facts), facts.surface)}`,
  ),
  'trial-throttled': refusalRow(
    'TargetBusy',
    (facts: OfFunction & { readonly seconds: number; readonly answer: string }) =>
      `Invoke ${facts.function} once: it has been throttled for ${facts.seconds} s (${facts.answer}). Start again when its concurrency is free.`,
  ),
} as const;

/** Why a side cannot be checked, beside what keeps a function from being tuned. */
export type SideRefusal =
  | TargetRefusal
  | { readonly code: 'log-level-hides-reports' }
  | {
      readonly code: 'timeout-too-long';
      readonly timeoutSeconds: number;
      readonly mostSeconds: number;
    };

function sideRefusalText(refusal: SideRefusal): string {
  switch (refusal.code) {
    case 'log-level-hides-reports':
      return 'its system log level WARN hides the reports that a check reads; set it to INFO';
    case 'timeout-too-long':
      return `a check waits for at most ${refusal.mostSeconds} s, and its timeout is ${refusal.timeoutSeconds} s`;
    default:
      return targetRefusalText(refusal);
  }
}
