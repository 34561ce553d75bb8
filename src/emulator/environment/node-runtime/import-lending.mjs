import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { lend } from './bundled-sdk.mjs';

/**
 * Imports a module of the handler's; packages that the managed runtime brings along, and its own tree lacks,
 * come from Powerdial's. Node has a hook for that in the same thread since 22.15. Before, the hook takes a
 * thread of its own, which would be in what is measured: it is only made where the handler's file names such
 * a package and none can be found.
 *
 * @param {string} file
 */
export async function importLending(file) {
  const url = pathToFileURL(file).href;
  const { registerHooks } = /** @type {any} */ (Module);
  if (registerHooks !== undefined) registerHooks({ resolve: lending });
  else if (lacksBrought(file)) Module.register('./lending-hook.mjs', import.meta.url);
  return import(url);
}

/**
 * @param {string} specifier
 * @param {object} context
 * @param {Function} next
 */
function lending(specifier, context, next) {
  try {
    return next(specifier, context);
  } catch (error) {
    return { url: pathToFileURL(lend(specifier, error)).href, shortCircuit: true };
  }
}

/** @param {string} file */
function lacksBrought(file) {
  const names = readFileSync(file, 'utf8').match(/@(?:aws-sdk|smithy)\/[\w-]+/g) ?? [];
  return names.some((name) => !hasPackage(file, name));
}

/**
 * @param {string} file
 * @param {string} name
 */
function hasPackage(file, name) {
  const folders = createRequire(file).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(path.join(folder, name)));
}
