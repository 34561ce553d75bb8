import type { IncomingHttpHeaders } from 'node:http';
import type { UpdateFailure } from './update-failure.ts';

/** One request, taken apart. */
export interface OperationRequest {
  readonly requestId: string;
  /** The parts of the path that the operation's `{Braces}` name, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** How the update fails that the request asks for; `null` where it does not. */
  readonly updateFailure: UpdateFailure | null;
}
