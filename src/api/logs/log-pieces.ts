import { decodeBase64Log, holdsBase64 } from './base64-log.ts';
import { ByteQueue } from './byte-queue.ts';
import { beginsGzip, gunzip } from './gunzip.ts';

/** Enough to tell gzip, and the encoding of a log without a byte order mark. */
const HEAD_BYTES = 64;

/** A piece of a log: bytes of ASCII or of what has ASCII as it is, or text that had to be decoded. */
export type LogPiece = Buffer | string;

/**
 * Returns the pieces of a log: decoded where it is base64, and unpacked where its first bytes are gzip's, whatever
 * its name. UTF-16 (a
 * redirect in Windows PowerShell) is decoded; everything else is handed on as bytes, as the parser likes it.
 *
 * @throws {GzipError} for packed data that is cut off, damaged or followed by something else
 */
export async function* logPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<LogPiece> {
  const given = new ByteQueue(bytes);
  const encoded = holdsBase64(await given.peek(HEAD_BYTES));
  const queue = encoded ? new ByteQueue(decodeBase64Log(given.rest())) : given;
  const packed = beginsGzip(await queue.peek(HEAD_BYTES));
  yield* decode(packed ? gunzip(queue.rest()) : queue.rest());
}

async function* decode(bytes: AsyncIterable<Buffer>): AsyncGenerator<LogPiece> {
  const queue = new ByteQueue(bytes);
  const encoding = wideEncodingOf(await queue.peek(HEAD_BYTES));
  if (encoding === null) {
    yield* queue.rest();
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const piece of queue.rest()) yield decoder.decode(piece, { stream: true });
}

/** UTF-16 by its byte order mark, or because every other byte of its ASCII is zero; `null` for all else. */
function wideEncodingOf(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = Math.floor(head.length / 2);
  const zeros = (offset: number): number =>
    Array.from({ length: pairs }, (_, pair) => head[2 * pair + offset]).filter((byte) => byte === 0)
      .length;
  if (pairs < 2) return null;
  if (zeros(1) === pairs && zeros(0) === 0) return 'utf-16le';
  return zeros(0) === pairs && zeros(1) === 0 ? 'utf-16be' : null;
}
