import { AwsError, type AwsErrorKind } from '../contract/shared/aws-error.ts';
import { errorSubject } from './error-subject.ts';

/** The fields that errors of the SDK have in common, where they have them. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  /** Of Lambda's throttling alone. */
  readonly Reason?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const DENIED = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'ExpiredTokenException',
  'ExpiredToken',
  'InvalidClientTokenId',
  'CredentialsProviderError',
  'TokenProviderError',
  'KMSAccessDeniedException',
]);

/** These are recognised by name, because some protocols answer them with status 400 or 503. */
const THROTTLED = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'SlowDown',
]);

/** Services with the AWS JSON protocol also answer 400 for a resource that does not exist. */
const NOT_FOUND = new Set([
  'ResourceNotFoundException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'ExecutionDoesNotExist',
  'StateMachineDoesNotExist',
]);

/** S3 redirects a caller to the bucket's region with a status below 400. */
const REFUSED = new Set(['PermanentRedirect', 'TemporaryRedirect']);

/** Sorts an error of the SDK by what a caller can do about it. */
export function translateError(error: unknown, action: string, resource: string): AwsError {
  const { name, message, Reason, $metadata } = toSdkError(error);
  return new AwsError({
    kind: kindOf(name ?? '', $metadata?.httpStatusCode),
    action,
    resource,
    code: name ?? 'UnknownError',
    message: message === undefined || message === '' ? (name ?? 'unknown error') : message,
    about: errorSubject(Reason, message),
    cause: error,
  });
}

/** Runs a call and translates what it throws. */
export async function translateErrors<T>(
  action: string,
  resource: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translateError(error, action, resource);
  }
}

function kindOf(code: string, status: number | undefined): AwsErrorKind {
  if (DENIED.has(code)) return 'denied';
  if (REFUSED.has(code)) return 'refused';
  if (THROTTLED.has(code) || status === 429) return 'throttled';
  if (code === 'PreconditionFailedException' || status === 412) return 'precondition';
  if (NOT_FOUND.has(code) || status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 403 || status === 401) return 'denied';
  if (status !== undefined && status >= 400 && status < 500) return 'refused';
  return 'unavailable';
}

function toSdkError(error: unknown): SdkError {
  return typeof error === 'object' && error !== null ? error : { message: String(error) };
}
