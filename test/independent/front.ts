import {
  createServer,
  request as send,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FrontRequest {
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface FrontAnswer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

/** Answers a request; `null`: the next route is asked. `drop` ends the connection unanswered. */
export type Route = (request: FrontRequest) => Promise<FrontAnswer | 'drop' | null>;

export interface Front {
  readonly url: string;
  /** Everything that was asked, in order: `PUT /2015-03-31/functions/orders/configuration 200`. */
  readonly calls: string[];
  /** In this order; what none of them answers is answered 404. */
  routes: readonly Route[];
  close(): Promise<void>;
}

/** The HTTP server through which Powerdial and moto reach each other, and in which a test puts its hand. */
export async function startFront(): Promise<Front> {
  const calls: string[] = [];
  const front = { calls, routes: [] as readonly Route[] };
  const server = createServer((message, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
      const { method = 'GET', url: path = '/', headers } = message;
      const asked = { method, path, headers, body: Buffer.concat(chunks) };
      const answer = await answerOf(asked, front.routes);
      const target = headers['x-amz-target'];
      const what = typeof target === 'string' ? target : path;
      calls.push(`${method} ${what} ${answer === 'drop' ? 'dropped' : answer.status}`);
      if (answer === 'drop') return message.socket.destroy();
      const body = Buffer.from(answer.body);
      const { 'transfer-encoding': _, connection: __, ...kept } = { ...answer.headers };
      response.writeHead(answer.status, { ...kept, 'content-length': body.length });
      response.end(body);
    })().catch(() => message.socket.destroy());
  });
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(front, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  });
}

async function answerOf(
  request: FrontRequest,
  routes: readonly Route[],
): Promise<FrontAnswer | 'drop'> {
  for (const route of routes) {
    const answer = await route(request);
    if (answer !== null) return answer;
  }
  return { status: 404, body: `No route for ${request.method} ${request.path}` };
}

/** Passes a request on to another server, and its answer back. */
export function passTo(url: string): (request: FrontRequest) => Promise<FrontAnswer> {
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const to = new URL(url);
      const sent = send(
        { host: to.hostname, port: to.port, method, path, headers: { ...headers, host: to.host } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 500,
              headers: answer.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
}

/** An answer in JSON. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): FrontAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?Qualifier=([^&]+))?$/;

/** Name and qualifier of the function that a request invokes; `null` for other requests. */
export function invokedFunction({
  method,
  path,
}: FrontRequest): { readonly name: string; readonly qualifier: string | null } | null {
  const [, encoded, asked] = method === 'POST' ? (INVOKE.exec(path) ?? []) : [];
  if (encoded === undefined) return null;
  const [name = '', qualified] = decodeURIComponent(encoded)
    .replace(/^.*:function:/, '')
    .split(':');
  const qualifier = asked === undefined ? (qualified ?? null) : decodeURIComponent(asked);
  return { name, qualifier };
}
