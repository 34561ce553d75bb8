import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLoopbackServer } from '../loopback-server.ts';
import { MAX_RESPONSE_BYTES, MAX_STREAM_BYTES } from './invocation-ending.ts';
import type { ReportedUsage } from './process-watch.ts';

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

    if (next !== undefined && request.method === 'GET') {
      if (this.#current !== null) {
        reply(response, 403, 'InvalidStateTransition', 'The invocation has not been answered.');
        return;
      }
      this.#waiting = response;
      response.once('close', () => {
        if (this.#waiting === response) this.#waiting = null;
      });
      this.#onSignal({ kind: 'next' });
    } else if (initError !== undefined && request.method === 'POST') {
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
      } else {
        reply(response, 202);
        const broken =
          verb === 'error' ? { payload: body, errorType: type } : brokenOff(request, body);
        this.#onSignal(
          broken === null
            ? {
                kind: 'response',
                requestId,
                payload: body,
                ...(isStream ? { isStream } : {}),
                atMs,
              }
            : { kind: 'error', requestId, ...broken, atMs },
        );
      }
    } else {
      reply(response, 404, 'NotFound', `No such path: ${request.method} ${request.url}`);
    }
  }
}

/** Bytes of a request; `null` when they are more than Lambda takes. */
async function readBody(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Buffer | null | 'broken'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
    }
  } catch {
    return 'broken';
  }
  return bytes > mostBytes ? null : Buffer.concat(chunks);
}

/** A stream that failed on its way says so behind its body; `null` for one that is whole. */
function brokenOff(
  { trailers }: IncomingMessage,
  streamed: Buffer,
): { readonly payload: Buffer; readonly errorType: string; readonly streamed: Buffer } | null {
  const type = trailers['lambda-runtime-function-error-type'];
  if (type === undefined) return null;
  const body = trailers['lambda-runtime-function-error-body'] ?? '';
  return { payload: Buffer.from(body, 'base64'), errorType: type, streamed };
}

/** `<processor time in µs> <most memory in bytes>` */
function readUsage(header: string | string[] | undefined): ReportedUsage | null {
  const [, cpuUs, peakBytes] = /^(\d+) (\d+)$/.exec(String(header)) ?? [];
  if (cpuUs === undefined) return null;
  return { cpuMs: Number(cpuUs) / 1000, peakBytes: Number(peakBytes) };
}

/**
 * Returns the type of a reported error: its header, else the field of its body, else Lambda's word for none.
 */
function errorType(request: IncomingMessage, body: Buffer | null): string {
  const header = request.headers['lambda-runtime-function-error-type'];
  if (typeof header === 'string' && header !== '') return header;
  try {
    const parsed: unknown = JSON.parse(body?.toString() ?? '');
    if (typeof parsed === 'object' && parsed !== null && 'errorType' in parsed) {
      return String(parsed.errorType);
    }
  } catch {
    // Not JSON: nothing to learn from it.
  }
  return 'Runtime.Unknown';
}

/** Returns the same JSON as one line of ASCII, which is all that a header holds. */
function asciiJson(text: string): string {
  return text
    .replace(/[\r\n\t]/g, ' ')
    .replace(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function reply(response: ServerResponse, status: number, type?: string, message?: string): void {
  const body = Buffer.from(
    JSON.stringify(
      type === undefined ? { status: 'OK' } : { errorMessage: message, errorType: type },
    ),
  );
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}
