import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { ByteQueue } from './byte-queue.ts';
import { toError } from '../../contract/shared/thrown.ts';

/** RFC 1952, section 2.3. */
const MAGIC = [0x1f, 0x8b, 8] as const;
const FLAGS = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;
const TRAILER_BYTES = 8;
/** Packed data is fed in pieces that a thousandfold of still is little memory, as zeros unpack to. */
const PACKED_BYTES = 32 * 1024;
const UNPACKED_BYTES = 256 * 1024;

/** What is wrong with packed data; `code` as zlib names it, and one for what follows the last member. */
export class GzipError extends Error {
  override readonly name = 'GzipError';
  readonly code: 'Z_BUF_ERROR' | 'Z_DATA_ERROR' | 'GZIP_TRAILING_DATA';

  constructor(code: GzipError['code']) {
    super(code);
    this.code = code;
  }
}

/** Tells whether bytes begin as gzip's do. */
export function beginsGzip(bytes: Buffer): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

/**
 * Unpacks gzip, one member after another. Node's own `createGunzip` throws away what it has unpacked of a
 * member when something else follows it in the same piece, so the members are told apart here.
 *
 * @throws {GzipError} after everything that was whole
 */
export async function* gunzip(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const input = new ByteQueue(bytes);
  try {
    do {
      await skipHeader(input);
      yield* inflate(input);
    } while (await anotherMember(input));
  } finally {
    await input.close();
  }
}

async function skipHeader(input: ByteQueue): Promise<void> {
  const header = await take(input, 10);
  if (!beginsGzip(header)) throw new GzipError('Z_DATA_ERROR');
  const flags = header[3] ?? 0;
  if ((flags & FLAGS.extra) !== 0) await take(input, (await take(input, 2)).readUInt16LE());
  for (const flag of [FLAGS.name, FLAGS.comment]) {
    if ((flags & flag) === 0) continue;
    while ((await take(input, 1))[0] !== 0);
  }
  if ((flags & FLAGS.headerCrc) !== 0) await take(input, 2);
}

async function* inflate(input: ByteQueue): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: UNPACKED_BYTES });
  let unpacked: Buffer[] = [];
  stream.on('data', (piece: Buffer) => unpacked.push(piece));
  let checksum = 0;
  let length = 0;
  let feeding: Promise<Fed> | null = null;
  try {
    for (feeding = feed(stream, input); feeding !== null;) {
      const fed: Fed = await feeding;
      const out = unpacked;
      unpacked = [];
      // The next piece is unpacked, in a thread of its own, while this one is looked at.
      feeding = fed.problem === null && !fed.ended ? feed(stream, input) : null;
      for (const part of out) {
        checksum = crc32(part, checksum);
        length += part.length;
        yield part;
      }
      if (fed.problem !== null) throw fed.problem;
    }
  } finally {
    await feeding;
    stream.destroy();
  }
  const trailer = await take(input, TRAILER_BYTES);
  const whole =
    trailer.readUInt32LE(0) === checksum && trailer.readUInt32LE(4) === length % 2 ** 32;
  if (!whole) throw new GzipError('Z_DATA_ERROR');
}

/** What came of feeding a piece of packed data. */
interface Fed {
  readonly problem: Error | null;
  /** The packed data was over before the piece was. */
  readonly ended: boolean;
}

/** Feeds the next piece to a stream; what the stream does not take follows the packed data. */
async function feed(stream: InflateRaw, input: ByteQueue): Promise<Fed> {
  try {
    const piece = await input.next();
    if (piece === null) throw new GzipError('Z_BUF_ERROR');
    const packed = piece.subarray(0, PACKED_BYTES);
    const before = stream.bytesWritten;
    const problem = await write(stream, packed);
    const taken = stream.bytesWritten - before;
    if (taken < piece.length) input.putBack(piece.subarray(taken));
    return { problem, ended: taken < packed.length };
  } catch (error) {
    return { problem: toError(error), ended: false };
  }
}

function write(stream: InflateRaw, piece: Buffer): Promise<Error | null> {
  return new Promise((resolve) => {
    const fail = (error: Error): void => {
      resolve(error);
    };
    stream.once('error', fail);
    stream.write(piece, () => {
      stream.off('error', fail);
      resolve(null);
    });
  });
}

/** Zeros behind a member are padding, as tapes have it; anything else but a member is an error. */
async function anotherMember(input: ByteQueue): Promise<boolean> {
  for (;;) {
    const piece = await input.next();
    if (piece === null) return false;
    const start = piece.findIndex((byte) => byte !== 0);
    if (start < 0) continue;
    input.putBack(piece.subarray(start));
    const head = await input.peek(MAGIC.length);
    if (beginsGzip(head)) return true;
    throw new GzipError('GZIP_TRAILING_DATA');
  }
}

async function take(input: ByteQueue, length: number): Promise<Buffer> {
  const taken = await input.take(length);
  if (taken.length < length) throw new GzipError('Z_BUF_ERROR');
  return taken;
}
