import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { EXECUTION_OPERATIONS } from './execution-operations.ts';
import type { OperationAnswer, Operations } from './operation.ts';
import { RequestMembers } from './request-members.ts';
import { internalFailure, SfnException, unknownOperation } from './sfn-exception.ts';
import { STATE_MACHINE_OPERATIONS } from './state-machine-operations.ts';
import type { StatesAccount } from './states-account.ts';

const OPERATIONS: Operations = { ...EXECUTION_OPERATIONS, ...STATE_MACHINE_OPERATIONS };

const TARGET_PREFIX = 'AWSStepFunctions.';

/** Above every limit of the API, so that each limit is refused in its own words. */
const MAX_READ_BYTES = 4 * 2 ** 20;

/** Answers requests in AWS JSON 1.0. Any credentials, or none, will do. */
export function requestListener(account: StatesAccount): RequestListener {
  return (request, response) => {
    respond(request, account)
      .then(
        (answer) => send(response, 200, answer),
        (error: unknown) => sendError(response, error),
      )
      // Only sending can have failed: the client is gone, and with it whoever would want to know.
      .catch(() => request.socket.destroy());
  };
}

async function respond(request: IncomingMessage, account: StatesAccount): Promise<OperationAnswer> {
  const body = await readBody(request);
  const target = String(request.headers['x-amz-target'] ?? '');
  const name = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : target;
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined || !target.startsWith(TARGET_PREFIX)) {
    throw unknownOperation(
      `The embedded Step Functions endpoint does not have "${target}"; it has ${Object.keys(OPERATIONS).join(', ')}.`,
    );
  }
  return operation(RequestMembers.parse(body), account);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_READ_BYTES) {
      throw new SfnException('RequestEntityTooLargeException', 'The request is too large', {
        status: 413,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function sendError(response: ServerResponse, error: unknown): void {
  const exception =
    error instanceof SfnException
      ? error
      : internalFailure(
          `The embedded Step Functions endpoint failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
  const { status, namespace, code, message } = exception;
  send(response, status, { __type: `${namespace}#${code}`, message });
}

function send(response: ServerResponse, status: number, answer: OperationAnswer): void {
  const body = Buffer.from(JSON.stringify(answer));
  response.writeHead(status, {
    'x-amzn-requestid': randomUUID(),
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
  });
  response.end(body);
}
