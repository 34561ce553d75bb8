import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, readSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

const READ_BYTES = 64 * 1024;

/** What one invocation may log before its oldest lines are dropped; Invoke returns the last 4 KB. */
const KEPT_BYTES = 1024 * 1024;

/**
 * Carries what a process prints, standard output and standard error in the order of writing. It is a
 * FIFO and not Node's own `'pipe'`, which is a socket: programs that open `/dev/stderr` by name would
 * fail on it, and a FIFO can be emptied without waiting, so that the lines printed before an answer are
 * in the log of that answer.
 */
export class LogPipe {
  readonly #reader: Socket;
  readonly #readFd: number;
  readonly #writeFd: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #closed = false;
  #writerGiven = false;

  private constructor(readFd: number, writeFd: number) {
    this.#readFd = readFd;
    this.#writeFd = writeFd;
    this.#reader = new Socket({ fd: readFd, readable: true, writable: false });
    this.#reader.on('data', (chunk: Buffer) => this.#keep(chunk));
    // The process under it is watched elsewhere; a log that cannot be read has nothing to add.
    this.#reader.on('error', () => undefined);
    this.#reader.unref();
  }

  /** @param directory where a name for it may exist for a moment */
  static async create(directory: string, name: string): Promise<LogPipe> {
    const fifo = path.join(directory, name);
    await promisify(execFile)('mkfifo', ['-m', '600', fifo]);
    // Open for reading and writing, so that it never ends while nobody writes.
    const readFd = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    const writeFd = openSync(fifo, constants.O_WRONLY);
    unlinkSync(fifo);
    return new LogPipe(readFd, writeFd);
  }

  /** The descriptor to start the process with; `writerGiven` is to be called once that is done. */
  get writeFd(): number {
    return this.#writeFd;
  }

  writerGiven(): void {
    if (this.#writerGiven) return;
    this.#writerGiven = true;
    closeSync(this.#writeFd);
  }

  /** Everything printed since the last call. */
  take(): Buffer {
    this.#readWhatIsThere();
    const taken = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#bytes = 0;
    return taken;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.writerGiven();
    this.#reader.destroy();
  }

  #readWhatIsThere(): void {
    if (this.#closed) return;
    for (;;) {
      const buffer = Buffer.allocUnsafe(READ_BYTES);
      let bytes: number;
      try {
        bytes = readSync(this.#readFd, buffer);
      } catch {
        return; // EAGAIN: it is empty.
      }
      if (bytes === 0) return;
      this.#keep(buffer.subarray(0, bytes));
    }
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    for (let first = this.#chunks[0]; first !== undefined; first = this.#chunks[0]) {
      if (this.#bytes - first.length < KEPT_BYTES) return;
      this.#chunks.shift();
      this.#bytes -= first.length;
    }
  }
}
