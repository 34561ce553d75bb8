import { ServiceError } from './service-error.ts';
import type { ServiceReply } from './service-reply.ts';
import type { ServiceRequest } from './service.ts';

/** Returns the operation of an AWS JSON request, as `X-Amz-Target: Prefix.Operation` names it; or `null`. */
export function targetOf(request: ServiceRequest, prefix: string): string | null {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' && target.startsWith(`${prefix}.`)
    ? target.slice(prefix.length + 1)
    : null;
}

/** @throws {ServiceError} when the body is no JSON object */
export function jsonMembers(request: ServiceRequest): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Told below, with everything else that is no object.
  }
  throw new ServiceError(400, 'SerializationException', 'The request body is not a JSON object.');
}

export function jsonReply(
  version: '1.0' | '1.1',
  body: Readonly<Record<string, unknown>>,
): ServiceReply {
  return { status: 200, headers: { 'content-type': `application/x-amz-json-${version}` }, body };
}

/** Returns an error as AWS JSON has it: its name is in the body. */
export function jsonRefusal(
  version: '1.0' | '1.1',
  error: ServiceError,
  namespace = '',
): ServiceReply {
  return {
    status: error.status,
    headers: { 'content-type': `application/x-amz-json-${version}`, ...error.headers },
    body: { __type: `${namespace}${error.code}`, ...error.body, message: error.message },
  };
}
