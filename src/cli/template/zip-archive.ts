import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
}

/**
 * Packs files into a zip archive (PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). The same files
 * give the same bytes: tools name what they upload by its digest, and code that did not change is then not
 * deployed again.
 */
export function zipArchive(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data, { level: 9 });
    const fields = fieldsOf(name, data, packed);
    const local = Buffer.concat([uint32(0x04034b50), fields, Buffer.from(name), packed]);
    directory.push(directoryEntry(name, fields, offset));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = uint16(entries.length);
  const end = [uint32(0x06054b50), uint32(0), count, count, uint32(central.length), uint32(offset)];
  return Buffer.concat([...locals, central, ...end, uint16(0)]);
}

/** 1 January 1980, midnight: the first date that the format knows. */
const NO_DATE = uint32(0x00210000);
const READABLE_BY_ALL = uint32(0o100644 * 0x10000);
/** Needs version 2.0; names in UTF-8; deflated. */
const HEADER = Buffer.concat([uint16(20), uint16(0x0800), uint16(8), NO_DATE]);
const MADE_BY_UNIX = uint16(0x0314);

/** What the entry says before its data and again in the directory. */
function fieldsOf(name: string, data: Buffer, packed: Buffer): Buffer {
  const sizes = [uint32(crc32(data)), uint32(packed.length), uint32(data.length)];
  return Buffer.concat([HEADER, ...sizes, uint16(Buffer.byteLength(name)), uint16(0)]);
}

function directoryEntry(name: string, fields: Buffer, offset: number): Buffer {
  const noCommentFirstDiskNoAttributes = Buffer.alloc(6);
  return Buffer.concat([
    ...[uint32(0x02014b50), MADE_BY_UNIX, fields, noCommentFirstDiskNoAttributes],
    ...[READABLE_BY_ALL, uint32(offset), Buffer.from(name)],
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
