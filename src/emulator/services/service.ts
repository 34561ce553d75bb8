import type { IncomingHttpHeaders } from 'node:http';
import type { UpdateFailure } from '../lambda/update-failure.ts';
import type { ServiceError } from './service-error.ts';
import type { ServiceReply } from './service-reply.ts';

export type ServiceName = 'lambda' | 'logs' | 'sqs' | 's3' | 'states';

/** A request as it came, with its body. */
export interface ServiceRequest {
  readonly requestId: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request that is understood and not yet carried out. */
export interface ServiceCall {
  readonly operation: string;
  /** As IAM names it: `lambda:InvokeFunction`. */
  readonly action: string;
  /** The ARN that a refusal by IAM names, or `*`. */
  readonly resource: string;
  readonly functionName: string | null;
  readonly qualifier: string | null;
  /**
   * Throws a `ServiceError` for every answer but success.
   *
   * @param updateFailure how the update fails that the request asks for; `null` where it does not
   */
  readonly run: (updateFailure: UpdateFailure | null) => ServiceReply | Promise<ServiceReply>;
}

/** One AWS service behind the endpoint that all of them share. */
export interface Service {
  readonly name: ServiceName;
  /** Whether a request means this service. */
  readonly accepts: (request: ServiceRequest) => boolean;
  /** @throws {ServiceError} when there is no such operation */
  readonly understand: (request: ServiceRequest) => ServiceCall;
  /** An error in the service's own form. */
  readonly refuse: (error: ServiceError, requestId: string) => ServiceReply;
}
