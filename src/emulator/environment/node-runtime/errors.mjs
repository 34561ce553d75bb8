import { types } from 'node:util';

export class ImportModuleError extends Error {}
export class UserCodeSyntaxError extends Error {}
export class HandlerNotFound extends Error {}

export class CallbackHandlerDeprecated extends Error {}
export class MalformedStreamingHandler extends Error {}

export class UnhandledPromiseRejection extends Error {
  /** @param {unknown} reason */
  constructor(reason) {
    super(String(reason));
    this.reason = reason;
  }
}

export class NodeJsExit extends Error {
  constructor() {
    super(
      'The Lambda runtime client detected an unexpected Node.js exit code. ' +
        'This is most commonly caused by a Promise that was never settled. ' +
        'For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
    );
  }
}

// The names that people know from Lambda; on the prototype, so that no copy of an error lists them.
for (const type of [
  ImportModuleError,
  UserCodeSyntaxError,
  HandlerNotFound,
  CallbackHandlerDeprecated,
  MalformedStreamingHandler,
  UnhandledPromiseRejection,
  NodeJsExit,
]) {
  type.prototype.name = `Runtime.${type.name}`;
}

/**
 * Whatever was thrown, as the body of a failed invocation.
 * @param {unknown} error
 * @returns {{ errorType: string, errorMessage: string, trace?: string[] }}
 */
export function errorPayload(error) {
  try {
    if (isError(error)) {
      return {
        errorType: error.name,
        errorMessage: error.message,
        trace: error.stack?.split('\n') ?? [],
      };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'The thrown value could not be read: its name, message or stack threw an error.',
    };
  }
}

/**
 * An error with everything that is known about it, for one line of the log.
 * @param {unknown} error
 * @returns {string}
 */
export function errorLogLine(error) {
  try {
    return JSON.stringify(error, (_key, value) => (isError(value) ? allProperties(value) : value));
  } catch {
    return JSON.stringify(errorPayload(error));
  }
}

/** @param {Error & { code?: unknown }} error */
function allProperties(error) {
  return {
    errorType: error.name,
    errorMessage: error.message,
    code: error.code,
    ...error,
    stack: error.stack?.split('\n'),
  };
}

/**
 * Also true for errors of other realms, such as a `vm` context.
 * @param {unknown} value
 * @returns {value is Error}
 */
function isError(value) {
  return value instanceof Error || types.isNativeError(value);
}
