import { ServiceError, type ErrorExtra } from '../services/service-error.ts';

/** Lambda's reasons for a 429 that this endpoint can have (API model, `ThrottleReason`). */
export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'ConcurrentSnapshotCreateLimitExceeded';

/**
 * An answer other than success, with status, name and body members of Lambda's API model. The texts
 * are those that AWS prints (recorded from the service by LocalStack's snapshot tests, 2022–2024, and
 * from public logs); texts of our own say so by naming the embedded endpoint.
 */
export class LambdaException extends ServiceError {
  /** @param extra.body all of it, where it is not `Type` and `message` */
  constructor(status: number, code: string, message: string, extra: ErrorExtra = {}) {
    super(status, code, message, {
      body: extra.body ?? { Type: 'User', message },
      ...(extra.headers === undefined ? {} : { headers: extra.headers }),
    });
  }
}

/** `ResourceNotFoundException` and `ServiceException` write `Message`; the others `message`. */
export function notFound(message: string): LambdaException {
  return new LambdaException(404, 'ResourceNotFoundException', message, {
    body: { Type: 'User', Message: message },
  });
}

/** Tells what a function answers to while its state is not Active. */
export function notInState(state: string): LambdaException {
  return conflict(
    `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  );
}

export function functionNotFound(arn: string): LambdaException {
  return notFound(`Function not found: ${arn}`);
}

export function invalidParameter(message: string): LambdaException {
  return new LambdaException(400, 'InvalidParameterValueException', message);
}

export function invalidContent(message: string): LambdaException {
  return new LambdaException(400, 'InvalidRequestContentException', message);
}

/** Tells what the front of the API refuses before Lambda sees it; it has no `Type`. */
export function validation(message: string): LambdaException {
  return new LambdaException(400, 'ValidationException', message, { body: { message } });
}

export function conflict(message: string): LambdaException {
  return new LambdaException(409, 'ResourceConflictException', message);
}

export function revisionMismatch(): LambdaException {
  return new LambdaException(
    412,
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  );
}

export function throttled(reason: ThrottleReason, message = 'Rate Exceeded.'): LambdaException {
  return new LambdaException(429, 'TooManyRequestsException', message, {
    body: { Reason: reason, Type: 'User', message },
    headers: { 'retry-after': '1' },
  });
}

export function tooLarge(limitBytes: number): LambdaException {
  return new LambdaException(
    413,
    'RequestEntityTooLargeException',
    `Request must be smaller than ${limitBytes} bytes for the InvokeFunction operation`,
  );
}

/** Returns the same of an invocation that nobody waits for (as printed by faultline/faultline#12). */
export function eventTooLarge(bytes: number, limitBytes: number): LambdaException {
  return new LambdaException(
    413,
    'RequestEntityTooLargeException',
    `${bytes} byte payload is too large for the Event invocation type (limit ${limitBytes} bytes)`,
  );
}

/** Returns a fault of the endpoint or of what runs the function, never of the request. */
export function serviceFault(message: string): LambdaException {
  return new LambdaException(500, 'ServiceException', message, {
    body: { Type: 'Service', Message: message },
  });
}

/** Returns what Lambda says of a snapshot under way ("Troubleshooting SnapStart errors", Lambda Developer Guide, 2026-11). */
export function snapshotNotReady(): LambdaException {
  return new LambdaException(
    409,
    'SnapStartNotReadyException',
    'Lambda is initializing your function. It will be ready to invoke once your function state becomes ACTIVE.',
  );
}
