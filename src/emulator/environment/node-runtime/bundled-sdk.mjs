import Module, { createRequire } from 'node:module';

/** What Lambda's managed Node runtimes bring along: clients and what they are made of. */
const BROUGHT = /^@(?:aws-sdk|smithy)\//;

const own = createRequire(import.meta.url);

/**
 * Where Powerdial's own tree has a package that the handler's tree lacks.
 *
 * @param {string} specifier
 * @param {unknown} error of the search in the handler's tree: thrown where Powerdial has nothing to lend
 */
export function lend(specifier, error) {
  if (!BROUGHT.test(specifier)) throw error;
  try {
    return own.resolve(specifier);
  } catch {
    throw error;
  }
}

/** For `require`: the handler's tree first, then Powerdial's. */
export function lendToRequire() {
  const resolver = /** @type {any} */ (Module);
  const resolve = resolver._resolveFilename;
  resolver._resolveFilename = function (
    /** @type {string} */ request,
    /** @type {any[]} */ ...rest
  ) {
    try {
      return resolve.call(this, request, ...rest);
    } catch (error) {
      return lend(request, error);
    }
  };
}
