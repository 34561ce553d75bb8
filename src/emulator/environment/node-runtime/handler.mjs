import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { lendToRequire } from './bundled-sdk.mjs';
import { importLending } from './import-lending.mjs';
import { RUNTIME_MAJOR, TAKES_CALLBACKS } from './runtime-major.mjs';
import { syntaxPlace } from './syntax-place.mjs';
import { isStreaming } from './streaming.mjs';
import {
  CallbackHandlerDeprecated,
  HandlerNotFound,
  ImportModuleError,
  UserCodeSyntaxError,
} from './errors.mjs';

/** @typedef {(event: unknown, context: object, callback: Function) => unknown} Handler */

/**
 * Loads the handler as Lambda does: ES modules by `import`, everything else by `require`.
 * @param {string} file
 * @param {string} exportName dots reach into nested objects
 * @returns {Promise<Handler>}
 */
export async function loadHandler(file, exportName) {
  const loaded = await loadModule(file);
  const handler = exportName
    .split('.')
    .reduce((/** @type {any} */ nested, key) => nested?.[key], loaded);
  const name = `${path.basename(file, path.extname(file))}.${exportName}`;
  if (handler === undefined || handler === null) {
    throw new HandlerNotFound(`${name} is undefined or not exported`);
  }
  if (typeof handler !== 'function') throw new HandlerNotFound(`${name} is not a function`);
  refuseCallback(handler, name);
  return handler;
}

/**
 * Node 24 and later take no handler with a third parameter, whatever it does with it (Lambda Developer
 * Guide, "Define Lambda function handler in Node.js", 2026-11).
 * @param {Function} handler
 * @param {string} name
 */
function refuseCallback(handler, name) {
  if (TAKES_CALLBACKS || handler.length < 3 || isStreaming(handler)) return;
  throw new CallbackHandlerDeprecated(
    `${name} takes a callback, and nodejs${RUNTIME_MAJOR}.x takes no such handlers: make it async (event, context).`,
  );
}

/**
 * @param {string} file
 * @returns {Promise<unknown>}
 */
async function loadModule(file) {
  try {
    lendToRequire();
    if (isEsModule(file)) return await importLending(file);
    return createRequire(file)(file);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const known = new UserCodeSyntaxError(String(error));
      known.stack = [String(known), ...syntaxPlace(error, file)].join('\n');
      throw known;
    }
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
      throw new ImportModuleError(String(error));
    }
    throw error;
  }
}

/**
 * Node's own rule: by the extension, and for `.js` by the nearest package.json.
 * @param {string} file
 */
function isEsModule(file) {
  const extension = path.extname(file);
  if (extension !== '.js') return extension === '.mjs';
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    if (path.dirname(folder) === folder || path.basename(folder) === 'node_modules') return false;
  }
}
