import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Files are read in pieces of this size: small enough to stay in the processor's cache while they are
 * searched, and large enough that asking for the next one costs nothing beside it.
 */
const PIECE_BYTES = 256 * 1024;

/**
 * Returns the bytes of a file, in pieces that stand in memory until the next one is asked for.
 *
 * A file proper is read at once, into the same memory over and over: nothing else is to be done meanwhile,
 * the kernel reads ahead, and waiting for one of Node's threads takes longer than the reading, above all
 * on a machine with other work. A pipe is waited for as usual.
 */
export async function* readFile(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    if (!(await file.stat()).isFile()) {
      for await (const piece of file.createReadStream()) yield piece as Buffer;
      return;
    }
    const memory = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for (;;) {
      const length = readSync(file.fd, memory, 0, memory.length, null);
      if (length === 0) return;
      yield memory.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}
