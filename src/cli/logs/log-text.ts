import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CHUNK_BYTES } from './log-source.ts';

const GZIP_MAGIC = [0x1f, 0x8b] as const;
const UTF16_MAGIC = [0xff, 0xfe] as const;

/**
 * The text of a log: unpacked where its first bytes are gzip's, whatever its name. Decoded byte by
 * byte, as the parser likes it; UTF-16 (a redirect in Windows PowerShell) by its byte order mark.
 */
export async function* logText(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const { first, all } = await peek(bytes);
  if (beginsWith(first, GZIP_MAGIC)) {
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
    // Errors of both sides come out of the loop below.
    pipeline(Readable.from(all), gunzip, () => undefined);
    yield* decoded(gunzip as AsyncIterable<Buffer>);
  } else {
    yield* decoded(all);
  }
}

async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const { first, all } = await peek(bytes);
  if (beginsWith(first, UTF16_MAGIC)) {
    const decoder = new TextDecoder('utf-16le');
    for await (const chunk of all) yield decoder.decode(chunk, { stream: true });
  } else {
    for await (const chunk of all) yield chunk.toString('latin1');
  }
}

/** The first two bytes, and everything again from the beginning. */
async function peek(
  bytes: AsyncIterable<Buffer>,
): Promise<{ readonly first: Buffer; readonly all: AsyncIterable<Buffer> }> {
  const chunks = bytes[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  const all = async function* (): AsyncGenerator<Buffer> {
    try {
      yield first;
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
        yield next.value;
      }
    } finally {
      // Whoever stops early closes the file.
      await chunks.return?.();
    }
  };
  return { first, all: all() };
}

function beginsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
