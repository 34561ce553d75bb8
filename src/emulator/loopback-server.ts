import {
  createServer,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { foreignRefusal, foreignRequest } from './foreign-request.ts';

/** An HTTP server that only this machine reaches. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Ends the port and every connection, under way or idle. */
  close(): Promise<void>;
}

/**
 * Serves HTTP on 127.0.0.1.
 *
 * @param port 0 for any that is free
 */
export async function startLoopbackServer(
  listener: RequestListener,
  port = 0,
): Promise<LoopbackServer> {
  const server = createLoopbackServer(listener);
  // A client's idle connection must not be closed under a request that it is about to send; and no
  // invocation is too long to wait for.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => close(server),
  };
}

/** The one place that makes HTTP servers: no listener ever sees a request that a web page may have made. */
export function createLoopbackServer(
  listener: RequestListener,
  options: ServerOptions = {},
): Server {
  return createServer(options, (request, response) => {
    const reason = foreignRequest(request.headers);
    if (reason === null) listener(request, response);
    else refuse(response, reason);
  });
}

/**
 * Refuses a request in a form that the SDKs of services which speak JSON show as they show a refusal by IAM.
 */
function refuse(response: ServerResponse, reason: string): void {
  const message = foreignRefusal(reason);
  const body = Buffer.from(
    JSON.stringify({ __type: 'AccessDeniedException', message, Message: message }),
  );
  response.writeHead(403, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-amzn-errortype': 'AccessDeniedException',
    // What the page was about to send is not read.
    connection: 'close',
  });
  response.end(body);
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
