import { updateFailureText } from '../failed-update.ts';
import { memoryText } from '../format/memory.ts';
import { refusalRow, type OfFunction } from './refusal-row.ts';

type UpdateFailure = Parameters<typeof updateFailureText>[0];

const DEPLOYED_SINCE =
  "The run stops, so that it does not undo anybody's work; start it again when the function is at rest.";

/** What ends a run under way. */
export const RUN_REFUSALS = {
  'update-failed': refusalRow(
    'UpdateFailed',
    (facts: OfFunction & UpdateFailure & { readonly attempt: Attempt; readonly named: string }) =>
      `${attemptText(facts.attempt, facts.named)}: Lambda accepted the update, and then it failed (${updateFailureText(facts)}). The function goes on with what it had before. Repair what the reason names, then start again.`,
  ),
  'size-not-set': refusalRow(
    'AwsCallFailed',
    (facts: {
      readonly memoryMb: number | null;
      readonly tries: number;
      readonly answer: string;
    }) =>
      `Set ${facts.memoryMb ?? ''} MB: AWS did not let it through in ${facts.tries} tries; the last answer was: ${facts.answer}`,
  ),
  'version-of-somebody-else': refusalRow(
    'TargetChanged',
    (facts: OfFunction & { readonly version: string }) =>
      `Set the memory of ${facts.function}: publishing it gave version ${facts.version}, which is not the run's own. ${DEPLOYED_SINCE}`,
  ),
  'own-setting-gone': refusalRow(
    'TargetChanged',
    (facts: OfFunction) =>
      `Set the memory of ${facts.function}: its memory or description is no longer what the run set. ${DEPLOYED_SINCE}`,
  ),
  'code-deployed': refusalRow(
    'TargetChanged',
    (facts: OfFunction) =>
      `Set the memory of ${facts.function}: its code was deployed anew while the run was at work. ${DEPLOYED_SINCE}`,
  ),
  'changed-by-somebody': refusalRow(
    'TargetChanged',
    (facts: OfFunction) =>
      `Set the memory of ${facts.function}: somebody deployed or changed it while the run was at work. ${DEPLOYED_SINCE}`,
  ),
  'version-gone-while-pending': refusalRow(
    'VersionGone',
    (facts: OfFunction & { readonly memoryMb: number; readonly version: string }) =>
      `Wait for ${facts.function} at ${memoryText(facts.memoryMb)}: version ${facts.version}, which this run published, is gone. Somebody deleted it: start a new run.`,
  ),
  'version-gone': refusalRow(
    'VersionGone',
    (facts: OfFunction & { readonly memoryMb: number; readonly queued: boolean }) => {
      const gone = `Measure ${facts.function} at ${memoryText(facts.memoryMb)}: the version that this run published is gone.`;
      return facts.queued
        ? `${gone} Start a new run.`
        : `${gone} Somebody deleted it, or the execution was redriven after its clean-up: start a new run.`;
    },
  ),
  'throttled-too-long': refusalRow(
    'TargetBusy',
    (facts: OfFunction & { readonly memoryMb: number | null; readonly answer: string }) => {
      const where = facts.memoryMb === null ? '' : ` at ${memoryText(facts.memoryMb)}`;
      return `Measure ${facts.function}${where}: its invocations have been throttled for too long (${facts.answer}). Start again when its concurrency is free, or with a lower concurrency.`;
    },
  ),
  'no-time-for-one': refusalRow(
    'TargetBusy',
    (facts: OfFunction & { readonly timeoutSeconds: number; readonly why: NotMadeReason }) =>
      `Measure ${facts.function}: wanted to make one invocation, with a timeout of ${facts.timeoutSeconds} s, in the 15 minutes that one call of Measure has, and none could be made in time (${notMadeText(facts.why)}). Start again when its concurrency is free, or with a lower measureTimeoutSeconds.`,
  ),
  'processor-failed': refusalRow(
    'AwsCallFailed',
    (facts: OfFunction & { readonly role: string; readonly answer: string }) =>
      `Call the ${facts.role} ${facts.function}: wanted an answer, got ${facts.answer}. Repair it, or start the run without it.`,
  ),
  'lease-over': refusalRow(
    'LeaseExpired',
    (facts: OfFunction & { readonly until: string }) =>
      `Measure ${facts.function}: this run claimed it until ${facts.until}, and that is over (was the machine asleep?). Start another run.`,
  ),
  'apply-update-pending': refusalRow(
    'TargetBusy',
    (facts: OfFunction & { readonly seconds: number }) =>
      `Apply the recommendation to ${facts.function}: an update of it has been in progress for ${facts.seconds} s. Apply it by hand when that is done.`,
  ),
  'changed-since-measured': refusalRow(
    'TargetChanged',
    (facts: OfFunction & { readonly fields: readonly string[] }) =>
      `Apply the recommendation to ${facts.function}: wanted it as it was measured, its ${facts.fields.join(', ')} changed during the run. Nothing was applied; run the tuning again.`,
  ),
  'alias-allocating': refusalRow(
    'TargetBusy',
    (facts: OfFunction & { readonly alias: string }) =>
      `Point the alias ${facts.alias} of ${facts.function} at the recommendation: wanted its provisioned concurrency allocated, it has been in progress for a quarter of an hour. Nothing was published or applied. Apply it by hand when that is done.`,
  ),
  'alias-moved': refusalRow(
    'TargetChanged',
    (
      facts: OfFunction & {
        readonly alias: string;
        /** `null`: there was no such alias. */
        readonly wasVersion: string | null;
        readonly now: AliasNow;
      },
    ) => {
      const was =
        facts.wasVersion === null ? 'when there was none' : `at version ${facts.wasVersion}`;
      return `Point the alias ${facts.alias} of ${facts.function}: wanted it as it was when the run started, ${was}; by now it ${aliasText(facts.now)}. Nothing was applied.`;
    },
  ),
  'release-failed': refusalRow(
    'AwsCallFailed',
    (facts: OfFunction & { readonly version: string; readonly answer: string | null }) =>
      `Publish ${facts.function} as recommended: version ${facts.version} failed to become active (${facts.answer ?? 'AWS gives no reason'}). Nothing was applied.`,
  ),
} as const;

/** What an update was to do. */
export type Attempt =
  { readonly kind: 'set-memory'; readonly memoryMb: number | null } | { readonly kind: 'apply' };

function attemptText(attempt: Attempt, name: string): string {
  if (attempt.kind === 'apply') return `Apply the recommendation to ${name}`;
  return attempt.memoryMb === null
    ? `Set the memory of ${name}`
    : `Set ${memoryText(attempt.memoryMb)} on ${name}`;
}

/** Why an invocation was not made before its call of Measure was over. */
export type NotMadeReason =
  | { readonly kind: 'call-began-late' }
  | { readonly kind: 'processor-slow'; readonly processor: string }
  | { readonly kind: 'throttled'; readonly answer: string };

function notMadeText(why: NotMadeReason): string {
  switch (why.kind) {
    case 'call-began-late':
      return 'the call began too late';
    case 'processor-slow':
      return `the preProcessor ${why.processor} left no time for it`;
    case 'throttled':
      return why.answer;
  }
}

/** What became of an alias since the run began. */
export type AliasNow =
  | { readonly kind: 'gone' | 'shares-traffic' | 'changed' }
  | { readonly kind: 'elsewhere'; readonly version: string };

function aliasText(now: AliasNow): string {
  switch (now.kind) {
    case 'gone':
      return 'is gone';
    case 'shares-traffic':
      return 'shares its traffic between versions';
    case 'changed':
      return 'was changed';
    case 'elsewhere':
      return `points at version ${now.version}`;
  }
}
