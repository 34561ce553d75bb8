import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { EmbeddedAccount } from './embedded-account.ts';
import type { Intercept } from './fault.ts';
import { LambdaException, serviceFault, tooLarge } from './lambda-exception.ts';
import type { OperationReply } from './operation.ts';
import { route } from './routing-table.ts';

// Far above every limit of the API, so that each limit is refused in its own words.
const MAX_READ_BYTES = 64 * 2 ** 20;

/** Answers HTTP requests with the operations of an account. Any credentials, or none, will do. */
export function requestListener(account: EmbeddedAccount, intercept: Intercept): RequestListener {
  return (request, response) => {
    const requestId = account.settings.ids.newId();
    respond(request, account, intercept, requestId)
      .catch(toReply)
      .then(
        (reply) => (reply === 'drop' ? request.socket.destroy() : send(response, requestId, reply)),
        // Only sending can have failed: the client is gone, and with it whoever would want to know.
        () => request.socket.destroy(),
      );
  };
}

async function respond(
  request: IncomingMessage,
  account: EmbeddedAccount,
  intercept: Intercept,
  requestId: string,
): Promise<OperationReply | 'drop'> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await readBody(request);
  const { operation, params } = route(request.method ?? 'GET', url.pathname);
  const fault = intercept({
    operation: operation.name,
    functionName: params['FunctionName'] ?? null,
    qualifier: url.searchParams.get('Qualifier'),
    body,
  });
  if (fault?.kind === 'answer') {
    throw new LambdaException(fault.status, fault.code, fault.message, {
      headers: fault.headers ?? {},
    });
  }
  if (fault?.when === 'before') return 'drop';
  const { headers } = request;
  const run = { requestId, params, query: url.searchParams, headers, body };
  const reply = await operation.run(run, account);
  return fault?.when === 'after' ? 'drop' : reply;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_READ_BYTES) throw tooLarge(MAX_READ_BYTES);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

function toReply(error: unknown): OperationReply {
  const exception =
    error instanceof LambdaException
      ? error
      : serviceFault(
          `The embedded Lambda endpoint failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
  return {
    status: exception.status,
    headers: { 'x-amzn-errortype': exception.code, ...exception.headers },
    body: exception.body,
  };
}

function send(response: ServerResponse, requestId: string, reply: OperationReply): void {
  const { body } = reply;
  const bytes =
    body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(reply.status, {
    'x-amzn-requestid': requestId,
    ...reply.headers,
    ...(bytes === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': bytes.length }),
  });
  response.end(bytes);
}
