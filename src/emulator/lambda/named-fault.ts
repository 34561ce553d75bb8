import { credentialsExpired, denied, overloaded, throttledByRate } from './aws-refusals.ts';
import type { Fault, FaultTime, InterceptedRequest } from './fault.ts';

/** The bad days that a run must survive, by name. */
export const FAULT_NAMES = [
  'dropped-socket',
  'server-error',
  'throttled',
  'precondition-failed',
  'conflict',
  'access-denied',
  'expired-credentials',
  'hang',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** Returns the fault of that name for a request, in the words of the service that it went to. */
export function namedFault(name: FaultName, request: InterceptedRequest, when: FaultTime): Fault {
  switch (name) {
    case 'dropped-socket':
      return { kind: 'drop', when };
    case 'hang':
      return { kind: 'hang', when };
    case 'server-error':
      return { kind: 'answer', when, ...overloaded(request.service) };
    case 'throttled':
      return { kind: 'answer', when, ...throttledByRate(request.service) };
    case 'access-denied':
      return { kind: 'answer', when, ...denied(request) };
    case 'expired-credentials':
      return { kind: 'answer', when, ...credentialsExpired(request.service) };
    case 'precondition-failed':
      return {
        kind: 'answer',
        when,
        status: 412,
        code: 'PreconditionFailedException',
        message:
          'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      };
    case 'conflict':
      return {
        kind: 'answer',
        when,
        status: 409,
        code: 'ResourceConflictException',
        message: `The operation cannot be performed at this time. An update is in progress for resource: ${request.resource}`,
      };
  }
}
