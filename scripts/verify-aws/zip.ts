import { crc32 } from 'node:zlib';

/** A zip file of one entry, stored as it is (PKWARE APPNOTE 6.3.10: local header, central directory, end). */
export function zipOf(name: string, content: Buffer): Buffer {
  const path = Buffer.from(name);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(content), 0);
  sizes.writeUInt32LE(content.length, 4);
  sizes.writeUInt32LE(content.length, 8);

  const local = Buffer.concat([
    words([0x0403_4b50], [20, 0, 0, 0, FIRST_DATE]),
    sizes,
    words([], [path.length, 0]),
    path,
    content,
  ]);
  const central = Buffer.concat([
    words([0x0201_4b50], [MADE_ON_UNIX, 20, 0, 0, 0, FIRST_DATE]),
    sizes,
    words([], [path.length, 0, 0, 0, 0]),
    // Readable by everybody: Lambda's runtime is another user.
    words([READABLE, 0], []),
    path,
  ]);
  const end = Buffer.concat([
    words([0x0605_4b50], [0, 0, 1, 1]),
    words([central.length, local.length], [0]),
  ]);
  return Buffer.concat([local, central, end]);
}

/** 1980-01-01, the first day that a zip can name. */
const FIRST_DATE = 0x21;
const MADE_ON_UNIX = 0x0314;
const READABLE = 0o100_644 * 2 ** 16;

function words(fours: readonly number[], twos: readonly number[]): Buffer {
  const bytes = Buffer.alloc(fours.length * 4 + twos.length * 2);
  fours.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  twos.forEach((value, index) => bytes.writeUInt16LE(value, fours.length * 4 + index * 2));
  return bytes;
}
