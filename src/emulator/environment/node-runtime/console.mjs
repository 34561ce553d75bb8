import { writeSync } from 'node:fs';
import { format } from 'node:util';
import { errorLogLine } from './errors.mjs';

const STDOUT = 1;
const json = process.env['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON';

/** @type {string | undefined} */
let requestId;

/**
 * Log lines carry the invocation's id; before the first one they say `undefined`, as on Lambda.
 * @param {string} id
 */
export function setRequestId(id) {
  requestId = id;
}

/** Makes `console` print what Lambda's Node runtime prints: time, request id, level, message. */
export function patchConsole() {
  console.trace = printer('TRACE');
  console.debug = printer('DEBUG');
  console.info = printer('INFO');
  console.log = console.info;
  console.warn = printer('WARN');
  console.error = printer('ERROR');
}

/**
 * Logs an error of the handler or of its module as Lambda does.
 * @param {string} what
 * @param {unknown} error
 */
export function logError(what, error) {
  const known = error instanceof Error ? error : new Error(String(error));
  if (json) console.error(known);
  else console.error(what, `\t${errorLogLine(known)}`);
}

/**
 * @param {string} level
 * @returns {(...values: unknown[]) => void}
 */
function printer(level) {
  const line = json ? jsonLine : textLine;
  return (...values) => writeAll(`${line(level, values)}\n`);
}

/**
 * @param {string} level
 * @param {unknown[]} values
 */
function textLine(level, values) {
  return `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}`;
}

/**
 * @param {string} level
 * @param {unknown[]} values
 */
function jsonLine(level, values) {
  const head = { timestamp: new Date().toISOString(), level, requestId };
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...head, message: values[0] }, describeError);
    } catch {
      // Circular, or holds a BigInt: as text instead.
    }
  }
  const error = values.find((value) => value instanceof Error);
  return JSON.stringify({
    ...head,
    message: format(...values),
    ...(error === undefined ? {} : describe(error)),
  });
}

/**
 * @param {string} _key
 * @param {unknown} value
 */
function describeError(_key, value) {
  return value instanceof Error ? { ...describe(value), ...value } : value;
}

/** @param {Error} error */
function describe(error) {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
}

/**
 * Writes at once, so that a line is out before the answer is. The descriptor may not block, so a full
 * pipe is waited for.
 * @param {string} text
 */
function writeAll(text) {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
