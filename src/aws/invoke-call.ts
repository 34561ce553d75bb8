import { memberOf } from '../contract/shared/member-of.ts';
import { InvokeCommand, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import type { Invoke, InvokeReply } from '../contract/shared/invoke-calls.ts';
import type { ClientsByRegion } from './clients-by-region.ts';
import { dropAnswer } from './drop-answer.ts';
import { payloadBytes } from './payload-bytes.ts';
import { translateError } from './translate-error.ts';

/**
 * One attempt, with the log's tail; see `Invoke` for what each kind of reply means.
 *
 * @param stop aborted when the run is interrupted: nobody waits for the answer any more
 */
export function invoke(clients: Pick<ClientsByRegion, 'of'>, stop?: AbortSignal): Invoke {
  const bytesOf = payloadBytes();
  return async ({ functionName, qualifier, payload, waitMs, wantsAnswer = false }) => {
    const overdue = AbortSignal.timeout(waitMs);
    const limit = stop === undefined ? overdue : AbortSignal.any([overdue, stop]);
    try {
      const command = new InvokeCommand({
        FunctionName: functionName,
        ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
        InvocationType: 'RequestResponse',
        LogType: 'Tail',
        Payload: bytesOf(payload),
      });
      if (!wantsAnswer) dropAnswer(command);
      return toAnswer(await clients.of(functionName).send(command, { abortSignal: limit }));
    } catch (error) {
      return limit.aborted
        ? {
            kind: 'lost',
            cause: overdue.aborted
              ? `no answer within ${Math.round(waitMs / 1000)} s`
              : 'the run was interrupted',
          }
        : failedInvocation(error, functionName);
    }
  };
}

function toAnswer(answer: InvokeCommandOutput): InvokeReply {
  // The payload is also null where the body is empty, whatever its content type says.
  const body = Buffer.from(answer.Payload ?? []).toString('utf8');
  const functionError = answer.FunctionError ?? null;
  const details = functionError === null ? {} : errorDetails(body);
  return {
    kind: 'answered',
    requestId: answer.$metadata.requestId ?? '',
    functionError,
    errorType: details.errorType ?? null,
    errorMessage: details.errorMessage ?? null,
    logTail:
      answer.LogResult === undefined
        ? null
        : Buffer.from(answer.LogResult, 'base64').toString('utf8'),
    executedVersion: answer.ExecutedVersion ?? null,
    body,
  };
}

function errorDetails(body: string): {
  readonly errorType?: string;
  readonly errorMessage?: string;
} {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { errorMessage: body };
  }
  const errorType = memberOf(parsed, 'errorType');
  const errorMessage = memberOf(parsed, 'errorMessage');
  return {
    ...(typeof errorType === 'string' ? { errorType } : {}),
    ...(typeof errorMessage === 'string' ? { errorMessage } : {}),
  };
}

/** Tells from an error whether the function can have run. */
export function failedInvocation(
  error: unknown,
  functionName: string,
): Exclude<InvokeReply, { kind: 'answered' }> {
  const translation = translateError(error, 'lambda:InvokeFunction', functionName);
  switch (translation.kind) {
    case 'throttled':
      return {
        kind: 'throttled',
        reason: reasonOf(error) ?? translation.message,
        retryAfterMs: retryAfterMs(error),
      };
    case 'unavailable':
      return { kind: 'lost', cause: `${translation.code}: ${translation.message}` };
    case 'conflict':
    case 'precondition':
    case 'not-found':
    case 'denied':
    case 'refused':
      return { kind: 'refused', error: translation };
  }
}

function reasonOf(error: unknown): string | null {
  const reason = memberOf(error, 'Reason');
  return typeof reason === 'string' ? reason : null;
}

/** Reads the header itself: the built SDK has no classes of errors that would, see `scripts/bundle/plugins.mjs`. */
function retryAfterMs(error: unknown): number | null {
  const header = memberOf(error, '$response', 'headers', 'retry-after');
  const seconds = typeof header === 'string' ? Number.parseFloat(header) : NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
