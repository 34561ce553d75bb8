/** Bytes that come in pieces, of which some can be looked at or put back. */
export class ByteQueue {
  readonly #pieces: AsyncIterator<Buffer>;
  #front: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Buffer>) {
    this.#pieces = bytes[Symbol.asyncIterator]();
  }

  /** The next piece, never an empty one; `null` at the end. */
  async next(): Promise<Buffer | null> {
    if (this.#front.length > 0) {
      const front = this.#front;
      this.#front = Buffer.alloc(0);
      return front;
    }
    for (;;) {
      const next = await this.#pieces.next();
      if (next.done === true) return null;
      if (next.value.length > 0) return next.value;
    }
  }

  putBack(piece: Buffer): void {
    this.#front = this.#front.length === 0 ? piece : Buffer.concat([piece, this.#front]);
  }

  /** The next `length` bytes, which stay in the queue; fewer at the end. They are the pieces' own memory. */
  async peek(length: number): Promise<Buffer> {
    let head = (await this.next()) ?? Buffer.alloc(0);
    // What is kept while the next piece is asked for has to be a copy: see `LogSource`.
    if (head.length < length) head = Buffer.from(head);
    while (head.length < length) {
      const piece = await this.next();
      if (piece === null) break;
      head = Buffer.concat([head, piece]);
    }
    if (head.length > 0) this.putBack(head);
    return head.subarray(0, length);
  }

  /** The next `length` bytes; fewer at the end. */
  async take(length: number): Promise<Buffer> {
    const taken = await this.peek(length);
    const piece = await this.next();
    if (piece !== null && piece.length > taken.length) this.putBack(piece.subarray(taken.length));
    return taken;
  }

  /** Stops reading, so that a file is closed. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  /** Everything that is still to come. */
  async *rest(): AsyncGenerator<Buffer> {
    try {
      for (let piece = await this.next(); piece !== null; piece = await this.next()) yield piece;
    } finally {
      await this.close();
    }
  }
}
