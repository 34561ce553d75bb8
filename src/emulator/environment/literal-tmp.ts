import type { HandlerLocation } from './handler-location.ts';
import { readIfThere } from './read-if-there.ts';

/** `/tmp` in a text of the code, or as a word of a script. */
const IN_TEXT = /['"`]\/tmp(?:\/|['"`])/;
const IN_SCRIPT = /(?:^|[\s="'>])\/tmp(?:\/|["'\s]|$)/m;
const MOST_BYTES = 5 * 2 ** 20;

/**
 * Tells whether a handler's own file names `/tmp` as it is, which here is the machine's and no environment's.
 * Other files of its project are not looked through.
 */
export function namesTmp(location: HandlerLocation): boolean {
  const text = readIfThere(location.file);
  if (text.length > MOST_BYTES) return false;
  if (location.kind !== 'bootstrap') return IN_TEXT.test(text);
  return text.startsWith('#!') && IN_SCRIPT.test(text);
}
