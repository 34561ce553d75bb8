/** The bytes of a log, with what Node's `Buffer` can do with them. */
export interface LogBytes {
  readonly length: number;
  readonly [position: number]: number;
  readonly indexOf: (searched: string | number, from: number) => number;
  readonly toString: (encoding: 'latin1', start: number, end: number) => string;
}

/** Returns the bytes of words in ASCII. */
export function bytesOf(words: string): Uint8Array {
  return Uint8Array.from(words, (character) => character.charCodeAt(0));
}

/** Tells whether these words stand at `start`; past the end of the bytes nothing does. */
export function standsAt(bytes: LogBytes, words: Uint8Array, start: number): boolean {
  for (let index = 0; index < words.length; index += 1) {
    if (bytes[start + index] !== words[index]) return false;
  }
  return true;
}
