import { AwsError, type AwsErrorKind } from '../contract/shared/aws-error.ts';

/** What the SDK's errors have in common, where they have it. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
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

/** With a status of its own (400, 503) where the protocol knows no better. */
const THROTTLED = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'SlowDown',
]);

/** Services with AWS JSON answer 400 also for what is not there. */
const NOT_FOUND = new Set([
  'ResourceNotFoundException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'ExecutionDoesNotExist',
  'StateMachineDoesNotExist',
]);

/** S3 redirects to a bucket's region, with a status below 400. */
const REFUSED = new Set(['PermanentRedirect', 'TemporaryRedirect']);

/** Sorts an error of the SDK by what a caller can do about it. */
export function translateError(error: unknown, action: string, resource: string): AwsError {
  const { name, message, $metadata } = toSdkError(error);
  return new AwsError({
    kind: kindOf(name ?? '', $metadata?.httpStatusCode),
    action,
    resource,
    code: name ?? 'UnknownError',
    message: message === undefined || message === '' ? (name ?? 'unknown error') : message,
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
