import type { ServiceReply } from '../services/service-reply.ts';
import type { EmbeddedAccount } from './embedded-account.ts';
import type { OperationRequest } from './operation-request.ts';

/** One operation of Lambda's API: a row of the routing table. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As in the API model: `/2015-03-31/functions/{FunctionName}/aliases/{Name}`. */
  readonly path: string;
  /** A query parameter that tells it from another operation of the same path. */
  readonly query?: string;
  /** The IAM action where it is not the operation's name. */
  readonly action?: string;
  /** Throws a `LambdaException` for every answer but success. */
  readonly run: (
    request: OperationRequest,
    account: EmbeddedAccount,
  ) => ServiceReply | Promise<ServiceReply>;
}
