import type { AwsError } from './aws-error.ts';
import type { FunctionRef } from './function-ref.ts';

/**
 * One attempt to invoke, never retried below this line: a second attempt would run the target twice.
 * `throttled` and `refused` did not run; `lost` may have.
 */
export type InvokeReply =
  | {
      readonly kind: 'answered';
      readonly requestId: string;
      /** Lambda's FunctionError header, `null` on success. */
      readonly functionError: string | null;
      /** `errorType` and `errorMessage` of the error payload, where it has them. */
      readonly errorType: string | null;
      readonly errorMessage: string | null;
      /** The last 4 KB of the log, decoded; `null` when Lambda sent none. */
      readonly logTail: string | null;
      readonly executedVersion: string | null;
      /** What the function returned, where that is wanted, or its error payload. */
      readonly body: string;
    }
  | { readonly kind: 'throttled'; readonly reason: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'refused'; readonly error: AwsError }
  | { readonly kind: 'lost'; readonly cause: string };

export type Invoke = (
  request: FunctionRef & {
    /** The exact bytes to send, as text. */
    readonly payload: string;
    /** How long to wait for the answer before it counts as lost. */
    readonly waitMs: number;
    /** Whether what the function returns is wanted: it may have 6 MB. @default false */
    readonly wantsAnswer?: boolean;
  },
) => Promise<InvokeReply>;

/** Fails with what AWS says where the caller may not invoke a function; runs nothing. */
export type ProveInvoke = (functionName: string) => Promise<void>;

/** Hands an invocation to Lambda's own queue; the answer says only that it was taken. */
export type InvokeAsynchronously = (
  request: FunctionRef & { readonly payload: string },
) => Promise<
  | { readonly kind: 'accepted'; readonly requestId: string }
  | Extract<InvokeReply, { kind: 'throttled' | 'refused' | 'lost' }>
>;

/** Sees that a version's queued invocations are not retried and are dropped when they wait for long. */
export type SetEventInvokeConfig = (ref: {
  readonly functionName: string;
  readonly version: string;
}) => Promise<void>;

/** Where queued invocations that failed are sent, `null` for nowhere. */
export type ReadFailureDestination = (functionName: string) => Promise<string | null>;
