import { spawnSync } from 'node:child_process';

/** `file:line`, then the line itself, as Node prints them above a syntax error. */
const PLACE = /^(?:file:\/\/)?(\/.*:\d+)\n(.*)\n/;
const CHECK_MS = 5000;

/**
 * Where a module does not parse, as lines of a stack. Node tells it of CommonJS; of an ES module only
 * `node --check` does, and only of the handler's own file.
 *
 * @param {SyntaxError} error
 * @param {string} file
 * @returns {string[]}
 */
export function syntaxPlace(error, file) {
  const [, place, code = ''] = PLACE.exec(error.stack ?? '') ?? PLACE.exec(check(file)) ?? [];
  return place === undefined ? [] : [`    at ${place}`, `      ${code.trim()}`];
}

/** @param {string} file */
function check(file) {
  const options = { encoding: /** @type {const} */ ('utf8'), timeout: CHECK_MS };
  return spawnSync(process.execPath, ['--check', file], options).stderr ?? '';
}
