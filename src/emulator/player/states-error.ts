/** The errors of the Amazon States Language that this player raises itself. */
export type StatesErrorName =
  | 'States.DataLimitExceeded'
  | 'States.NoChoiceMatched'
  | 'States.QueryEvaluationError'
  | 'States.Runtime'
  | 'States.Timeout';

/** The value of `$states.errorOutput`, and what a catcher hands on by default. */
export interface ErrorOutput {
  readonly Error: string;
  readonly Cause: string;
}

/**
 * A state failed: with an error of the language, with the name a task gave it, or by a Fail state.
 * Retriers and catchers see it; nobody outside the player does.
 */
export class StatesError extends Error {
  override readonly name: string = 'StatesError';

  constructor(
    /** What retriers and catchers match on; a Fail state may leave it out. */
    readonly error: string | undefined,
    /** For people. A timeout has none. */
    readonly reason: string | undefined,
  ) {
    super(reason ?? error ?? 'failed');
  }

  static of(name: StatesErrorName, reason?: string): StatesError {
    return new StatesError(name, reason);
  }

  /** Returns the same error with a cause that says where it happened. */
  explained(where: string): StatesError {
    return new StatesError(this.error, `${where} ${this.reason ?? ''}`.trim());
  }

  /** The error and its cause as far as there are any. */
  toFailure(): { readonly error?: string; readonly cause?: string } {
    return {
      ...(this.error === undefined ? {} : { error: this.error }),
      ...(this.reason === undefined ? {} : { cause: this.reason }),
    };
  }

  /** Step Functions writes a missing cause as an empty string here. */
  toErrorOutput(): ErrorOutput {
    return { Error: this.error ?? '', Cause: this.reason ?? '' };
  }
}
