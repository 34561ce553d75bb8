import type { ServiceName } from '../services/service.ts';
import type { InterceptedRequest } from './fault.ts';

/** An error as a service words it. */
export interface AwsRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Who the caller is, where an error names him. */
const CALLER = 'arn:aws:sts::123456789012:assumed-role/powerdial/embedded';

/**
 * Tells what IAM says where no policy allows an action (IAM User Guide, "Troubleshoot access denied error
 * messages", 2026-11). Services with AWS JSON answer 400 to it, the others 403.
 */
export function denied({
  service,
  action,
  resource,
}: Pick<InterceptedRequest, 'service' | 'action' | 'resource'>): AwsRefusal {
  const on = resource === '*' ? 'resource: *' : `resource: ${resource}`;
  return {
    status: service === 'logs' || service === 'states' ? 400 : 403,
    code: service === 's3' ? 'AccessDenied' : 'AccessDeniedException',
    message: `User: ${CALLER} is not authorized to perform: ${action} on ${on} because no identity-based policy allows the ${action} action`,
  };
}

/** Returns a session that ended while the run went on. */
export function credentialsExpired(service: ServiceName): AwsRefusal {
  return service === 's3'
    ? { status: 400, code: 'ExpiredToken', message: 'The provided token has expired.' }
    : {
        status: service === 'lambda' ? 403 : 400,
        code: 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
      };
}

/** Too many requests of the API in a second; not too many invocations at once. */
export function throttledByRate(service: ServiceName): AwsRefusal {
  switch (service) {
    case 'lambda':
      return {
        status: 429,
        code: 'TooManyRequestsException',
        message: 'Rate exceeded',
        headers: { 'retry-after': '1' },
        body: { Reason: 'CallerRateLimitExceeded' },
      };
    case 's3':
      return { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' };
    case 'logs':
    case 'sqs':
    case 'states':
      return { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };
  }
}

/** Returns a fault of the service's own. */
export function overloaded(service: ServiceName): AwsRefusal {
  switch (service) {
    case 'lambda':
      return {
        status: 500,
        code: 'ServiceException',
        message: 'An error occurred and the request cannot be processed.',
        body: { Type: 'Service' },
      };
    case 's3':
      return {
        status: 500,
        code: 'InternalError',
        message: 'We encountered an internal error. Please try again.',
      };
    case 'logs':
    case 'sqs':
    case 'states':
      return {
        status: 503,
        code: 'ServiceUnavailableException',
        message: 'The service cannot complete the request.',
      };
  }
}
