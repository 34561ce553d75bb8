/**
 * What went wrong in a call to AWS, sorted by what a caller can do about it:
 * `conflict` (409, try again when the update in progress is done), `precondition` (412, somebody else
 * changed the resource), `not-found`, `denied`, `throttled` (nothing was done), `refused` (the request
 * itself is not acceptable), `unavailable` (5xx or no answer: it may or may not have been done).
 */
export type AwsErrorKind =
  'conflict' | 'precondition' | 'not-found' | 'denied' | 'throttled' | 'refused' | 'unavailable';

/**
 * What an error is about where AWS has one exception name for many reasons: the code that a publication expects,
 * the memory size of an update, or how many snapshots an account may have under way. `src/aws` tells it from
 * AWS's words, so that nothing else has to read them.
 */
export type AwsErrorSubject = 'code-sha256' | 'memory-size' | 'snapshot-limit';

/** A call to AWS that failed, with AWS's own error code and message. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly kind: AwsErrorKind;
  /** The IAM action of the call, such as `lambda:PublishVersion`. */
  readonly action: string;
  /** What the call was about, as an ARN or a name. */
  readonly resource: string;
  /** AWS's exception name, such as `ResourceConflictException`. */
  readonly code: string;
  /** `null` where the kind says all that matters. */
  readonly about: AwsErrorSubject | null;

  constructor(options: {
    readonly kind: AwsErrorKind;
    readonly action: string;
    readonly resource: string;
    readonly code: string;
    readonly message: string;
    readonly about?: AwsErrorSubject | null;
    readonly cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.kind = options.kind;
    this.action = options.action;
    this.resource = options.resource;
    this.code = options.code;
    this.about = options.about ?? null;
  }
}

export function isAwsError(error: unknown, kind?: AwsErrorKind): error is AwsError {
  return error instanceof AwsError && (kind === undefined || error.kind === kind);
}
