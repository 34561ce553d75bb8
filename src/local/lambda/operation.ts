import type { IncomingHttpHeaders } from 'node:http';
import type { EmbeddedAccount } from './embedded-account.ts';

/** One request, taken apart. */
export interface OperationRequest {
  readonly requestId: string;
  /** The parts of the path that the operation's `{Braces}` name, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface OperationReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: Buffer | Readonly<Record<string, unknown>>;
}

/** One operation of Lambda's API: a row of the routing table. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As in the API model: `/2015-03-31/functions/{FunctionName}/aliases/{Name}`. */
  readonly path: string;
  /** Throws a `LambdaException` for every answer but success. */
  readonly run: (
    request: OperationRequest,
    account: EmbeddedAccount,
  ) => OperationReply | Promise<OperationReply>;
}
