const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SIX_BITS: ReadonlyMap<string, number> = new Map(
  Array.from(ALPHABET, (character, value) => [character, value]),
);

/**
 * Decodes base64 byte by byte (latin1), as the rest of a log is decoded; `null` for text that is none.
 * The standard alphabet of RFC 4648, with or without padding.
 */
export function decodeBase64(text: string): string | null {
  let decoded = '';
  let bits = 0;
  let count = 0;
  for (const character of text.replace(/={0,2}\s*$/, '')) {
    const value = SIX_BITS.get(character);
    if (value === undefined) return null;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      decoded += String.fromCharCode((bits >> count) & 0xff);
    }
  }
  return decoded;
}
