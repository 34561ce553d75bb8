import { isUtf8 } from 'node:buffer';

/**
 * Tells what is wrong with bytes that should be UTF-8, in the words of Jackson, the parser whose messages AWS
 * prints (`Invalid UTF-8 start byte 0x97`: aws-lambda-developer-guide, issue 382); `null` for UTF-8.
 */
export function invalidUtf8(bytes: Buffer): string | null {
  if (isUtf8(bytes)) return null;
  for (let at = 0; at < bytes.length;) {
    const following = followingBytes(bytes[at] ?? 0);
    if (following === null) return `Invalid UTF-8 start byte 0x${hex(bytes[at])}`;
    const end = at + 1 + following;
    if (!isUtf8(bytes.subarray(at, end))) {
      const odd = bytes.subarray(at + 1, end).find((byte) => byte >> 6 !== 0b10);
      return `Invalid UTF-8 middle byte 0x${hex(odd ?? bytes[at + 1])}`;
    }
    at = end;
  }
  return null;
}

/** Tells how many bytes belong to a first byte; `null` for one that no character begins with (RFC 3629). */
function followingBytes(first: number): number | null {
  if (first < 0x80) return 0;
  if (first >= 0xc2 && first <= 0xdf) return 1;
  if (first >= 0xe0 && first <= 0xef) return 2;
  if (first >= 0xf0 && first <= 0xf4) return 3;
  return null;
}

function hex(byte = 0): string {
  return byte.toString(16);
}
