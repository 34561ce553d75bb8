import Module, { createRequire } from 'node:module';

/** What Lambda's managed Node runtimes bring along: clients and what they are made of. */
const BROUGHT = /^@(?:aws-sdk|smithy)\//;

const own = createRequire(import.meta.url);

/** @param {string} specifier */
export function isBrought(specifier) {
  return BROUGHT.test(specifier);
}

/** Where a package of Powerdial's own tree is. @param {string} specifier */
export function lend(specifier) {
  return own.resolve(specifier);
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
      if (!isBrought(request)) throw error;
      try {
        return lend(request);
      } catch {
        throw error;
      }
    }
  };
}
