import { logError, setRequestId } from './console.mjs';
import { MalformedStreamingHandler, NodeJsExit, errorPayload } from './errors.mjs';
import { TAKES_CALLBACKS } from './runtime-major.mjs';
import { readContext } from './context.mjs';
import { isStreaming, openResponseStream } from './streaming.mjs';

/** @typedef {import('./handler.mjs').Handler} Handler */

/** The loop of the runtime: next event, handler, answer, and again. */
export class Invocations {
  #client;
  /** What to do when the handler's event loop has run empty. */
  #onEmptyLoop = () => {};
  /** The invocation that is waiting for its answer. @type {string | null} */
  currentRequestId = null;

  /** @param {import('./client.mjs').RuntimeClient} client */
  constructor(client) {
    this.#client = client;
  }

  /** @param {Handler} handler */
  serve(handler) {
    process.on('beforeExit', () => this.#onEmptyLoop());
    void this.#serveOne(handler);
  }

  /** @param {Handler} handler */
  async #serveOne(handler) {
    const { headers, body } = await this.#client.next();
    const requestId = headers.get('lambda-runtime-aws-request-id') ?? '';
    this.currentRequestId = requestId;
    setRequestId(requestId);
    if (isStreaming(handler)) {
      await this.#stream(handler, requestId, headers, body);
      return;
    }

    // Only the first answer counts, whichever way it comes.
    let settled = false;
    const once = (/** @type {() => void} */ answer) => {
      if (settled) return;
      settled = true;
      this.#onEmptyLoop = () => {};
      answer();
    };
    const succeed = (/** @type {unknown} */ result) => this.#answer(handler, requestId, result);
    const fail = (/** @type {unknown} */ error) => this.#refuse(handler, requestId, error);

    const settlers = {
      succeed: (/** @type {unknown} */ result) => once(() => succeed(result)),
      fail: (/** @type {unknown} */ error) => once(() => fail(error ?? 'handled')),
      done: (/** @type {unknown} */ error, /** @type {unknown} */ result) =>
        once(() => (error === undefined || error === null ? succeed(result) : fail(error))),
    };
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      // Node 24 and later have no other way to answer than the handler's promise.
      ...(TAKES_CALLBACKS ? settlers : {}),
      ...readContext(headers),
    };
    const callback = (/** @type {unknown} */ error, /** @type {unknown} */ result) =>
      once(() => {
        if (error !== undefined && error !== null) fail(error);
        else if (!context.callbackWaitsForEmptyEventLoop) succeed(result);
        else this.#onEmptyLoop = () => this.#afterEmptyLoop(() => succeed(result));
      });

    // A handler that leaves nothing to wait for will never answer.
    this.#onEmptyLoop = () =>
      once(() => {
        if (handler.constructor.name === 'AsyncFunction') fail(new NodeJsExit());
        else succeed(null);
      });
    try {
      const event = JSON.parse(body.toString());
      const result = TAKES_CALLBACKS
        ? handler(event, context, callback)
        : /** @type {Function} */ (handler)(event, context);
      if (isThenable(result)) result.then(settlers.succeed, settlers.fail);
      else if (!TAKES_CALLBACKS || (result !== undefined && handler.length < 3)) {
        settlers.succeed(result);
      }
    } catch (error) {
      settlers.fail(error);
    }
  }

  /**
   * A handler that streams its answer: it ends with its promise and with its stream, whichever is later.
   * @param {Handler} handler
   * @param {string} requestId
   * @param {ReadonlyMap<string, string>} headers
   * @param {Buffer} body
   */
  async #stream(handler, requestId, headers, body) {
    const { stream, taken } = await openResponseStream(this.#client.address, requestId);
    let settled = false;
    const fail = (/** @type {unknown} */ error) => {
      if (settled) return;
      settled = true;
      this.#onEmptyLoop = () => {};
      if (!stream.headersSent && !stream.writableEnded) {
        stream
          .removeAllListeners('error')
          .on('error', () => {})
          .destroy();
        this.#refuse(handler, requestId, error);
        return;
      }
      logError('Invoke Error', error);
      const payload = errorPayload(error);
      stream.addTrailers({
        'Lambda-Runtime-Function-Error-Type': payload.errorType.replace(/[^\x20-\x7e]/g, '?'),
        'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(payload)).toString(
          'base64',
        ),
      });
      stream.end();
      this.#goOn(handler, taken);
    };
    void taken.then(() => {
      if (settled) return;
      settled = true;
      this.#onEmptyLoop = () => {};
      this.#goOn(handler, Promise.resolve());
    });
    this.#onEmptyLoop = () => fail(new NodeJsExit());
    try {
      const context = { callbackWaitsForEmptyEventLoop: true, ...readContext(headers) };
      const result = /** @type {Function} */ (handler)(
        JSON.parse(body.toString()),
        stream,
        context,
      );
      if (isThenable(result)) result.then(undefined, fail);
      else fail(new MalformedStreamingHandler('A handler that streams must be async.'));
    } catch (error) {
      fail(error);
    }
  }

  /** @param {() => void} act */
  #afterEmptyLoop(act) {
    this.#onEmptyLoop = () => {};
    setImmediate(act);
  }

  /**
   * @param {Handler} handler
   * @param {string} requestId
   * @param {unknown} result
   */
  #answer(handler, requestId, result) {
    let text;
    try {
      // Functions and symbols have no JSON either; both end as null.
      text = JSON.stringify(result) ?? 'null';
    } catch {
      this.#refuse(handler, requestId, new Error('Unable to stringify response body'));
      return;
    }
    this.#goOn(handler, this.#client.post(`invocation/${requestId}/response`, text));
  }

  /**
   * @param {Handler} handler
   * @param {string} requestId
   * @param {unknown} error
   */
  #refuse(handler, requestId, error) {
    logError('Invoke Error', error);
    const payload = errorPayload(error);
    this.#goOn(
      handler,
      this.#client.post(
        `invocation/${requestId}/error`,
        JSON.stringify(payload),
        payload.errorType,
      ),
    );
  }

  /**
   * @param {Handler} handler
   * @param {Promise<unknown>} answered
   */
  #goOn(handler, answered) {
    this.currentRequestId = null;
    void answered.then(() => setImmediate(() => void this.#serveOne(handler)));
  }
}

/**
 * @param {unknown} value
 * @returns {value is PromiseLike<unknown>}
 */
function isThenable(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
