import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLoopbackServer } from '../loopback-server.ts';
import { MAX_RESPONSE_BYTES, MAX_STREAM_BYTES } from './invocation-ending.ts';
import type { ReportedUsage } from './process-watch.ts';
import { readBody, brokenOff, readUsage, errorType, asciiJson, reply } from './runtime-request.ts';

/** What the process in an environment says through the Runtime API. */
export type RuntimeSignal =
  /** It waits for an event: init, or the invocation before, is over. */
  | { readonly kind: 'next' }
  | { readonly kind: 'init-error'; readonly payload: Buffer; readonly errorType: string }
  | {
      readonly kind: 'response';
      readonly requestId: string;
      /** `null`: larger than Lambda takes. */
      readonly payload: Buffer | null;
      /** Written bit by bit, so that it may be longer than another answer. */
      readonly isStream?: boolean;
      /** `performance.now()` at its last byte. */
      readonly atMs: number;
    }
  | {
      readonly kind: 'error';
      readonly requestId: string;
      readonly payload: Buffer;
      readonly errorType: string;
      /** What had been streamed before. */
      readonly streamed?: Buffer;
      readonly atMs: number;
    };

/** An event to hand out. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly payload: Buffer;
  readonly functionArn: string;
  readonly deadlineMs: number;
  readonly traceId: string;
  readonly clientContext?: string;
}

const PATH =
  /^\/2018-06-01\/runtime\/(?:invocation\/([^/]+)\/(response|error)|(init\/error)|(invocation\/next))$/;

/**
 * Lambda's Runtime API for one environment, on a loopback port of its own ("Using the Lambda runtime
 * API for custom runtimes", Lambda Developer Guide, 2026-11). It tells what the process says and hands
 * out one event at a time; what that means is the environment's business.
 */
export class RuntimeApi {
  /** Called with what our own runtime tells of itself, before the signal of the same request. */
  onUsage: (usage: ReportedUsage) => void = () => undefined;
  readonly #server: Server;
  readonly #onSignal: (signal: RuntimeSignal) => void;
  #address = '';
  /** The request for the next event that waits for its reply. */
  #waiting: ServerResponse | null = null;
  #current: string | null = null;

  private constructor(onSignal: (signal: RuntimeSignal) => void) {
    this.#onSignal = onSignal;
    // A frozen process may take days over a request: none is ever cut off.
    const limits = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 };
    this.#server = createLoopbackServer(
      (request, response) => void this.#answer(request, response),
      limits,
    );
  }

  static async create(onSignal: (signal: RuntimeSignal) => void): Promise<RuntimeApi> {
    const api = new RuntimeApi(onSignal);
    const server = api.#server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    api.#address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return api;
  }

  /** `127.0.0.1:PORT` */
  get address(): string {
    return this.#address;
  }

  /** True while the process waits for an event. */
  get idle(): boolean {
    return this.#waiting !== null;
  }

  /** Hands out an event, and returns `performance.now()` just before. Only while `idle`. */
  handOut(event: RuntimeEvent): number {
    const response = this.#waiting;
    if (response === null) throw new Error('The runtime did not ask for an event.');
    this.#waiting = null;
    this.#current = event.requestId;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': event.payload.length,
      'Lambda-Runtime-Aws-Request-Id': event.requestId,
      'Lambda-Runtime-Deadline-Ms': String(event.deadlineMs),
      'Lambda-Runtime-Invoked-Function-Arn': event.functionArn,
      'Lambda-Runtime-Trace-Id': event.traceId,
      ...(event.clientContext === undefined
        ? {}
        : { 'Lambda-Runtime-Client-Context': asciiJson(event.clientContext) }),
    });
    const startMs = performance.now();
    response.end(event.payload);
    return startMs;
  }

  /** Forgets the process that spoke so far: another one takes its place. */
  reset(): void {
    this.#waiting = null;
    this.#current = null;
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isStream = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
    const body = await readBody(request, isStream ? MAX_STREAM_BYTES : MAX_RESPONSE_BYTES);
    if (body === 'broken') return;
    const atMs = performance.now();
    const usage = readUsage(request.headers['powerdial-usage']);
    if (usage !== null) this.onUsage(usage);
    const [, requestId, verb, initError, next] = PATH.exec(request.url ?? '') ?? [];
    const type = errorType(request, body);

    if (next !== undefined && request.method === 'GET') this.#waitForEvent(response);
    else if (initError !== undefined && request.method === 'POST') {
      reply(response, 202);
      this.#onSignal({ kind: 'init-error', payload: body ?? Buffer.from('{}'), errorType: type });
    } else if (requestId !== undefined && request.method === 'POST') {
      if (requestId !== this.#current) {
        reply(response, 400, 'InvalidRequestID', 'Invalid request ID');
        return;
      }
      this.#current = null;
      if (body === null) {
        const limit = `Exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
        reply(response, 413, 'RequestEntityTooLarge', limit);
        this.#onSignal({ kind: 'response', requestId, payload: null, atMs });
        return;
      }
      reply(response, 202);
      const broken =
        verb === 'error' ? { payload: body, errorType: type } : brokenOff(request, body);
      const answered = { requestId, payload: body, ...(isStream ? { isStream } : {}), atMs };
      this.#onSignal(
        broken === null
          ? { kind: 'response', ...answered }
          : { kind: 'error', requestId, ...broken, atMs },
      );
    } else {
      reply(response, 404, 'NotFound', `No such path: ${request.method} ${request.url}`);
    }
  }

  /** Holds the request for the next event until there is one. */
  #waitForEvent(response: ServerResponse): void {
    if (this.#current !== null) {
      reply(response, 403, 'InvalidStateTransition', 'The invocation has not been answered.');
      return;
    }
    this.#waiting = response;
    response.once('close', () => {
      if (this.#waiting === response) this.#waiting = null;
    });
    this.#onSignal({ kind: 'next' });
  }
}
