/** The characters that a JSON document is told apart by. */
export const CODE = {
  lineFeed: 10,
  space: 32,
  quote: 34,
  comma: 44,
  colon: 58,
  open: 123,
  close: 125,
  openList: 91,
  closeList: 93,
  backslash: 92,
} as const;
/** Characters of numbers, `true`, `false` and `null`, and the space between values. */
export const LITERAL = codesOf('-+.0123456789eEtruefalsn');
/** The characters inside of a string that matter. */
const IN_STRING = codesOf('"\\\n');
export const SPACE = codesOf(' \t\r\n');

/** Tells where the characters of a string end that say nothing about its end. */
export function endOfPlain(text: string, start: number): number {
  let position = start;
  while (position < text.length && IN_STRING[text.charCodeAt(position)] !== 1) position += 1;
  return position;
}

function codesOf(characters: string): Uint8Array {
  const codes = new Uint8Array(65_536);
  for (const character of characters) codes[character.charCodeAt(0)] = 1;
  return codes;
}
