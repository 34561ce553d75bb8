/**
 * The errors that a run can end with. The workflow and scripts match on the names, so a name is a
 * promise. Each message says what was attempted, what was wanted, what is, and what to do next.
 */
export const ERROR_NAMES = [
  'InvalidInput',
  'TargetNotFound',
  'TargetCannotBeTuned',
  'TargetLocked',
  'TargetChanged',
  'TargetBusy',
  'TrialFailed',
  'PermissionMissing',
  'VersionGone',
  'LeaseExpired',
  'NothingMeasured',
  'UpdateFailed',
  'StageTimedOut',
  'StateTooLarge',
  'WorkflowFailed',
  'NotPutBack',
  'AwsCallFailed',
] as const;

export type ErrorName = (typeof ERROR_NAMES)[number];

/** Facts of an error that a program may want: plain JSON values, named with their units. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | null>>;

/** An expected failure of a run, for people: shown without a stack trace. */
export class PowerdialError extends Error {
  override readonly name: ErrorName;
  readonly facts: ErrorFacts;

  constructor(
    name: ErrorName,
    message: string,
    options: { readonly facts?: ErrorFacts; readonly cause?: unknown } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = name;
    this.facts = options.facts ?? {};
  }
}
