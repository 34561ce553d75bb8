/**
 * What Lambda's managed Node runtime does, as one plain program: loads the handler, then serves the
 * Runtime API until it is ended. Started as `node node-runtime.mjs <module> <export>` with Lambda's
 * environment variables.
 */
import { patchConsole, logError } from './node-runtime/console.mjs';
import { UnhandledPromiseRejection, errorPayload } from './node-runtime/errors.mjs';
import { loadHandler } from './node-runtime/handler.mjs';
import { Invocations } from './node-runtime/invocations.mjs';
import { RuntimeClient } from './node-runtime/client.mjs';
import { installAwslambda } from './node-runtime/streaming.mjs';

// The runtime's own exit statuses for errors that nothing caught.
const UNCAUGHT_EXCEPTION = 129;
const UNHANDLED_REJECTION = 128;

patchConsole();
installAwslambda();
const client = new RuntimeClient(process.env['AWS_LAMBDA_RUNTIME_API'] ?? '');
const invocations = new Invocations(client);

process.on('uncaughtException', (error) => {
  logError('Uncaught Exception', error);
  void giveUp(error, UNCAUGHT_EXCEPTION);
});
process.on('unhandledRejection', (reason) => {
  const error = new UnhandledPromiseRejection(reason);
  logError('Unhandled Promise Rejection', error);
  void giveUp(error, UNHANDLED_REJECTION);
});

/**
 * Reports an error that ends this process, for the invocation under way or for the init.
 * @param {unknown} error
 * @param {number} status
 */
async function giveUp(error, status) {
  const requestId = invocations.currentRequestId;
  const path = requestId === null ? 'init/error' : `invocation/${requestId}/error`;
  const payload = errorPayload(error);
  await client.post(path, JSON.stringify(payload), payload.errorType);
  process.exit(status);
}

const [, , file = '', exportName = 'handler'] = process.argv;
try {
  invocations.serve(await loadHandler(file, exportName));
} catch (error) {
  logError('Uncaught Exception', error);
  await giveUp(error, UNCAUGHT_EXCEPTION);
}
