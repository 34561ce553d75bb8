import { once } from 'node:events';

/** Writes data to a stream no faster than its reader takes it, and stops without a word when the reader has gone. */
export class DataOutput {
  readonly #stream: NodeJS.WriteStream;
  readonly #onError: (error: NodeJS.ErrnoException) => void;
  #error: NodeJS.ErrnoException | null = null;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#onError = (error) => {
      this.#error ??= error;
    };
    stream.on('error', this.#onError);
  }

  /** Whether nobody reads the output any more, as behind `| head`. */
  get closed(): boolean {
    return this.#error?.code === 'EPIPE' || this.#error?.code === 'ERR_STREAM_DESTROYED';
  }

  /** @throws what the stream failed with, unless its reader has gone */
  async write(text: string): Promise<void> {
    if (this.#error === null && text !== '' && !this.#stream.write(text)) {
      // Rejects with the stream's error, which the listener above has kept.
      await once(this.#stream, 'drain').catch(() => undefined);
    }
    if (this.#error !== null && !this.closed) throw this.#error;
  }
}
