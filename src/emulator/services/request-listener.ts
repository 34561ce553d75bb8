import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Fault, FaultTime, Intercept } from '../lambda/fault.ts';
import { CallCounter } from './call-counter.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceReply } from './service-reply.ts';
import type { Service, ServiceRequest } from './service.ts';

// Far above every limit of the APIs, so that each limit is refused in its own words.
const MAX_READ_BYTES = 64 * 2 ** 20;

/** Nothing is sent: the connection ends, or stays as it is for good. */
type NoReply = 'drop' | 'hang';

export interface ListenerOptions {
  /** Asked in this order; the last one takes what no other wants. */
  readonly services: readonly [...Service[], Service];
  readonly intercept: Intercept;
  readonly newId: () => string;
}

/** Answers HTTP requests with the operations of services. Any credentials, or none, will do. */
export function requestListener(options: ListenerOptions): RequestListener {
  const counter = new CallCounter();
  return (message, response) => {
    const requestId = options.newId();
    respond(message, requestId, options, counter).then(
      (reply) => {
        if (reply === 'drop') message.socket.destroy();
        else if (reply !== 'hang') send(response, requestId, reply);
      },
      // Only reading or sending can have failed: then the client is gone, and nobody is left to be told.
      () => message.socket.destroy(),
    );
  };
}

async function respond(
  message: IncomingMessage,
  requestId: string,
  { services, intercept }: ListenerOptions,
  counter: CallCounter,
): Promise<ServiceReply | NoReply> {
  let service = services[services.length - 1] as Service;
  try {
    const request: ServiceRequest = {
      requestId,
      method: message.method ?? 'GET',
      url: new URL(message.url ?? '/', 'http://127.0.0.1'),
      headers: message.headers,
      body: await readBody(message),
    };
    service = services.find((each) => each.accepts(request)) ?? service;
    return await carryOut(request, service, intercept, counter);
  } catch (error) {
    return service.refuse(toServiceError(error), requestId);
  }
}

async function carryOut(
  request: ServiceRequest,
  service: Service,
  intercept: Intercept,
  counter: CallCounter,
): Promise<ServiceReply | NoReply> {
  const { run, ...call } = service.understand(request);
  const fault = intercept({
    service: service.name,
    ...call,
    body: request.body,
    ...counter.count(call.operation, request.headers),
  });
  const instead = await strike(fault, 'before');
  if (instead !== null) return instead;
  // A fault strikes after the work also when the work ended in an error of its own.
  const reply = await Promise.resolve()
    .then(() => run(fault?.kind === 'fail-update' ? fault.failure : null))
    .catch((error: unknown) => service.refuse(toServiceError(error), request.requestId));
  return (await strike(fault, 'after')) ?? reply;
}

/** Carries out a fault whose time has come; `null` where the request goes on. */
async function strike(fault: Fault | undefined, time: FaultTime): Promise<NoReply | null> {
  if (fault === undefined || (fault.when ?? 'before') !== time) return null;
  switch (fault.kind) {
    case 'drop':
    case 'hang':
      return fault.kind;
    case 'act':
      await fault.act();
      return null;
    case 'fail-update':
      return null;
    case 'answer':
      throw new ServiceError(fault.status, fault.code, fault.message, fault);
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_READ_BYTES) {
      const message = `Request must be smaller than ${MAX_READ_BYTES} bytes`;
      throw new ServiceError(413, 'RequestEntityTooLargeException', message);
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const message = `The embedded endpoint failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  return new ServiceError(500, 'ServiceException', message, { body: { Type: 'Service' } });
}

function send(response: ServerResponse, requestId: string, reply: ServiceReply): void {
  const { body } = reply;
  const bytes =
    body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(reply.status, {
    'x-amzn-requestid': requestId,
    ...(bytes === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': bytes.length }),
    ...reply.headers,
  });
  response.end(bytes);
}
