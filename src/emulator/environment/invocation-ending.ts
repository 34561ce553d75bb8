import { exitMessage, type RuntimeExit } from './runtime-exit.ts';

/** How an invocation ended, before it is put in Lambda's words. */
export type InvocationEnding =
  | { readonly kind: 'answered'; readonly payload: Buffer; readonly isStream?: boolean }
  /** The function reported an error, of an invocation or of an init, and gave its body. */
  | {
      readonly kind: 'failed';
      readonly payload: Buffer;
      readonly errorType: string;
      /** What had been streamed before. */
      readonly streamed?: Buffer;
    }
  | { readonly kind: 'answer-too-large' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'exited'; readonly exit: RuntimeExit };

/** What the caller of Invoke gets, and what the platform log says about it. */
export interface EndingInWords {
  readonly payload: Buffer;
  readonly functionError: 'Unhandled' | null;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType: string | null;
}

/** Lambda's limit for the answer to a synchronous invocation, in bytes: 6 MB and some. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** Lambda's limit for an answer that is streamed: 200 MB (Lambda quotas, 2026-11). */
export const MAX_STREAM_BYTES = 200 * 2 ** 20;

/** Payloads and types as Lambda words them; observed ones where the documentation is silent. */
export function describeEnding(
  ending: InvocationEnding,
  invocation: { readonly requestId: string; readonly timeoutSeconds: number },
): EndingInWords {
  switch (ending.kind) {
    case 'answered':
      return {
        payload: ending.payload,
        functionError: null,
        status: 'success',
        errorType: null,
      };
    case 'failed':
      return {
        payload: ending.payload,
        functionError: 'Unhandled',
        status: 'error',
        errorType: ending.errorType,
      };
    case 'answer-too-large': {
      const errorType = 'Function.ResponseSizeTooLarge';
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
      return platformError('error', errorType, { errorType, errorMessage });
    }
    case 'timed-out':
      return platformError('timeout', null, {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${invocation.requestId} Error: Task timed out after ${invocation.timeoutSeconds.toFixed(2)} seconds`,
      });
    case 'out-of-memory':
      // Observed in 2026: the platform log names the cause, the payload only that the process was killed.
      return platformError('error', 'Runtime.OutOfMemory', {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${invocation.requestId} Error: ${exitMessage({ code: null, signal: 'SIGKILL' })}`,
      });
    case 'exited':
      return platformError('error', 'Runtime.ExitError', {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${invocation.requestId} Error: ${exitMessage(ending.exit)}`,
      });
  }
}

function platformError(
  status: 'error' | 'timeout',
  errorType: string | null,
  payload: { readonly errorType: string; readonly errorMessage: string },
): EndingInWords {
  return {
    payload: Buffer.from(JSON.stringify(payload)),
    functionError: 'Unhandled',
    status,
    errorType,
  };
}
