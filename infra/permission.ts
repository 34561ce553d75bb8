/**
 * What an action works on. IAM tells the function itself from its versions and aliases: an unqualified
 * ARN does not cover `fn:7`, and `fn:*` does not cover `fn` (Lambda guide, "Fine-tuning the Resources and
 * Conditions sections of policies").
 */
export type Scope =
  /** The functions that may be tuned, without a qualifier: the function itself, its $LATEST. */
  | 'function'
  /** Their versions and aliases, and never the function itself. */
  | 'versions'
  /** The log groups of these functions. */
  | 'log groups'
  /** Functions that may be called around each invocation, and their versions and aliases. */
  | 'processors'
  /** Objects in the buckets that payloads may come from. */
  | 'payloads'
  /** Queues that trigger the functions. */
  | 'queues'
  /** Executions of the state machine that the stage belongs to. */
  | 'executions'
  /** This tuner's state machine. */
  | 'state machine'
  /** Actions that AWS grants on `*` only. */
  | 'everything';

export interface Permission {
  readonly actions: readonly string[];
  readonly on: readonly Scope[];
  /**
   * AWS does not say which of these actions it checks for a call, so all are allowed and one of them is used.
   *
   * @default false
   */
  readonly oneIsUsed?: boolean;
  /** What the stage does with it, for `docs/security.md`. */
  readonly why: string;
}

/** Lists the actions of a stage's permissions on one scope, each of them once. */
export function actionsOn(permissions: readonly Permission[], scope: Scope): readonly string[] {
  const actions = permissions
    .filter((permission) => permission.on.includes(scope))
    .flatMap((permission) => permission.actions);
  return [...new Set(actions)].sort();
}
