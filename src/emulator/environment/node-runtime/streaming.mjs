/** How a handler says that it streams; other copies of Lambda's runtime know the same symbol. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

const HTTP_INTEGRATION = 'application/vnd.awslambda.http-integration-response';
const DELIMITER_BYTES = 8;

/**
 * @typedef {import('node:http').ClientRequest & {
 *   setContentType(type: string): void,
 *   _onBeforeFirstWrite?: (write: (chunk: string | Uint8Array) => void) => void,
 * }} ResponseStream
 */

/** Puts the global `awslambda` there, which Lambda's managed Node runtimes have. */
export function installAwslambda() {
  Object.assign(globalThis, {
    awslambda: {
      /** @param {Function} handler */
      streamifyResponse(handler) {
        Object.defineProperty(handler, STREAMING, { value: 'response' });
        return handler;
      },
      HttpResponseStream: {
        /**
         * Puts status and headers of an HTTP answer in front of its body.
         * @param {ResponseStream} stream
         * @param {unknown} prelude
         */
        from(stream, prelude) {
          stream.setContentType(HTTP_INTEGRATION);
          const text = JSON.stringify(prelude);
          stream._onBeforeFirstWrite = (write) => {
            write(text);
            write(new Uint8Array(DELIMITER_BYTES));
          };
          return stream;
        },
      },
    },
  });
}

/** @param {Function} handler */
export function isStreaming(handler) {
  return Reflect.get(handler, STREAMING) === 'response';
}

/**
 * Opens the answer to one invocation as a stream: a request to the Runtime API whose body is what the
 * handler writes ("Custom runtime: response streaming", Lambda Developer Guide, 2026-11).
 *
 * @param {string} address `host:port` of the Runtime API
 * @param {string} requestId
 * @returns {Promise<{ stream: ResponseStream, taken: Promise<void> }>} `taken` once the Runtime API has it all
 */
export async function openResponseStream(address, requestId) {
  const http = await import('node:http');
  const request = http.request(
    `http://${address}/2018-06-01/runtime/invocation/${requestId}/response`,
    {
      method: 'POST',
      agent: false,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Lambda-Runtime-Function-Response-Mode': 'streaming',
        Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
      },
    },
  );
  /** @type {Promise<void>} */
  const taken = new Promise((resolve) => {
    request.once('response', (response) => response.resume().once('end', resolve));
    // The host is gone, and with it the reason for this process.
    request.once('error', () => process.exit(1));
  });
  const write = request.write.bind(request);
  const end = request.end.bind(request);
  const stream = /** @type {ResponseStream} */ (
    Object.assign(request, {
      /** @param {string} type */
      setContentType(type) {
        if (request.headersSent)
          throw new Error('The content type comes too late: the answer has begun.');
        request.setHeader('Content-Type', type);
      },
    })
  );
  const begin = () => {
    const before = stream._onBeforeFirstWrite;
    delete stream._onBeforeFirstWrite;
    before?.((chunk) => write(chunk));
  };
  const replaced = {
    /** @param {unknown} chunk @param {any[]} rest */
    write(chunk, ...rest) {
      begin();
      return write(toBytes(chunk), ...rest);
    },
    /** @param {any[]} given */
    end(...given) {
      begin();
      const [chunk, ...rest] = given;
      if (chunk === undefined || chunk === null || typeof chunk === 'function')
        return end(...given);
      return end(toBytes(chunk), ...rest);
    },
  };
  Object.assign(stream, replaced);
  return { stream, taken };
}

/**
 * What is neither text nor bytes is sent as JSON.
 * @param {unknown} chunk
 */
function toBytes(chunk) {
  return typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
}
