import net from 'node:net';
import { usageHeader } from './usage.mjs';

const VERSION = '2018-06-01';
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * @typedef {{ readonly headers: ReadonlyMap<string, string>, readonly body: Buffer }} Reply
 * A reply of the Runtime API; names of headers are in lower case.
 */

/**
 * A client for the Runtime API over one kept connection. It speaks just the HTTP that the server of
 * `runtime-api.ts` answers (one request at a time, Content-Length always given): `node:http` would
 * spend more processor time on a request than many handlers do, which shows at 128 MB.
 */
export class RuntimeClient {
  /** @type {net.Socket} */ #socket;
  /** @type {Buffer[]} */ #chunks = [];
  #received = 0;
  /** How many bytes make the reply whole; `null` until its head has come. @type {number | null} */
  #expected = null;
  /** @type {((reply: Reply) => void) | null} */ #waiting = null;
  #host;

  /** @param {string} address `host:port` */
  constructor(address) {
    this.#host = address;
    const colon = address.lastIndexOf(':');
    this.#socket = net.connect({
      host: address.slice(0, colon),
      port: Number(address.slice(colon + 1)),
      noDelay: true,
    });
    // Only waiting for an event keeps the process alive: a module that waits for nothing ends it.
    this.#socket.unref();
    this.#socket.on('data', (chunk) => this.#read(chunk));
    // The host is gone, and with it the reason for this process.
    this.#socket.on('error', () => process.exit(1));
    this.#socket.on('close', () => process.exit(1));
  }

  /** `host:port` */
  get address() {
    return this.#host;
  }

  /** Waits for the next event. Until it is here the process stays alive for it. @returns {Promise<Reply>} */
  async next() {
    this.#socket.ref();
    const reply = await this.#request('GET', 'invocation/next', '', '');
    // From here on only the handler's own work keeps the event loop busy.
    this.#socket.unref();
    return reply;
  }

  /**
   * @param {string} path below `/2018-06-01/runtime/`
   * @param {string} body
   * @param {string} [errorType] for errors
   * @returns {Promise<Reply>}
   */
  post(path, body, errorType) {
    // Header values are Latin-1 on one line; a type may be any string.
    const safe = errorType?.replace(/[^\x20-\x7e]/g, '?');
    return this.#request(
      'POST',
      path,
      body,
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
        (safe === undefined ? '' : `Lambda-Runtime-Function-Error-Type: ${safe}\r\n`),
    );
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string} body
   * @param {string} headers
   * @returns {Promise<Reply>}
   */
  #request(method, path, body, headers) {
    return new Promise((resolve) => {
      this.#socket.ref();
      this.#waiting = resolve;
      this.#socket.write(
        `${method} /${VERSION}/runtime/${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${usageHeader()}${headers}\r\n${body}`,
      );
    });
  }

  /** @param {Buffer} chunk */
  #read(chunk) {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    if (this.#expected === null) {
      const start = this.#joined();
      const end = start.indexOf(HEAD_END);
      if (end === -1) return;
      const length = /\r\ncontent-length: *(\d+)/i.exec(start.toString('latin1', 0, end));
      this.#expected = end + HEAD_END.length + Number(length?.[1] ?? 0);
    }
    if (this.#received < this.#expected) return;
    const reply = parseReply(this.#joined());
    this.#chunks = [];
    this.#received = 0;
    this.#expected = null;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(reply);
  }

  #joined() {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }
}

/**
 * @param {Buffer} bytes
 * @returns {Reply}
 */
function parseReply(bytes) {
  const end = bytes.indexOf(HEAD_END);
  const lines = bytes.toString('latin1', 0, end).split('\r\n').slice(1);
  /** @type {Map<string, string>} */
  const headers = new Map();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: bytes.subarray(end + HEAD_END.length) };
}
