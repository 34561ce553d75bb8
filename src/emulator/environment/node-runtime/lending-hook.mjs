import { pathToFileURL } from 'node:url';
import { lend } from './bundled-sdk.mjs';

/**
 * The hook of `import-lending.mjs` for a Node that runs hooks in a thread of their own.
 * @param {string} specifier
 * @param {object} context
 * @param {Function} next
 */
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    return { url: pathToFileURL(lend(specifier, error)).href, shortCircuit: true };
  }
}
