/** What one invocation logged: whole lines, all of one time. */
export interface LogChunk {
  /** Ascends with every chunk, over all groups. */
  readonly sequence: number;
  readonly group: string;
  readonly stream: string;
  readonly atMs: number;
  /** The time before which no search finds it. */
  readonly visibleAtMs: number;
  /** How long `bytes` is, which may have to be made first. */
  readonly size: number;
  readonly bytes: Buffer;
}

/** Lines that were written some time ago, by whomever. */
export interface OlderLines {
  readonly group: string;
  readonly stream: string;
  readonly atMs: number;
  readonly size: number;
  /** Asked for whenever somebody reads them, so that a log larger than memory can stand here. */
  readonly read: () => Buffer;
}

export interface LogStoreOptions {
  /** Above it, the oldest chunks are dropped. */
  readonly maxBytes: number;
  /** How long after it was written a line can be found. */
  readonly delayMs: number;
  readonly now: () => number;
}

/** A chunk is more than its bytes. */
const CHUNK_OVERHEAD_BYTES = 256;

/** Dropping from the front is put off until it pays. */
const COMPACT_AFTER = 1024;

/** What CloudWatch Logs would hold of every function: the newest, as much as fits. */
export class LogStore {
  readonly #options: LogStoreOptions;
  readonly #groups = new Set<string>();
  #chunks: LogChunk[] = [];
  #first = 0;
  #bytes = 0;
  #lastSequence = 0;

  constructor(options: LogStoreOptions) {
    this.#options = options;
  }

  append(group: string, stream: string, bytes: Buffer): void {
    if (bytes.length === 0) return;
    const atMs = this.#options.now();
    this.#groups.add(group);
    this.#lastSequence += 1;
    this.#chunks.push({
      sequence: this.#lastSequence,
      group,
      stream,
      atMs,
      visibleAtMs: atMs + this.#options.delayMs,
      size: bytes.length,
      bytes,
    });
    this.#bytes += bytes.length + CHUNK_OVERHEAD_BYTES;
    this.#dropOldest();
  }

  /** Adds lines of another day, which are visible at once and not dropped for being large. */
  offer({ group, stream, atMs, size, read }: OlderLines): void {
    this.createGroup(group);
    this.#lastSequence += 1;
    this.#chunks.push({
      sequence: this.#lastSequence,
      group,
      stream,
      atMs,
      visibleAtMs: atMs,
      size,
      get bytes() {
        return read();
      },
    });
  }

  createGroup(group: string): void {
    this.#groups.add(group);
  }

  hasGroup(group: string): boolean {
    return this.#groups.has(group);
  }

  /** Sorted. */
  groups(): readonly string[] {
    return [...this.#groups].toSorted();
  }

  /** The chunks of a group that can be seen by now, oldest first, from a sequence number on. */
  *visible(group: string, fromSequence: number): Generator<LogChunk> {
    const nowMs = this.#options.now();
    const oldest = this.#chunks[this.#first]?.sequence ?? 0;
    const from = this.#first + Math.max(0, fromSequence - oldest);
    for (let index = from; index < this.#chunks.length; index += 1) {
      const chunk = this.#chunks[index];
      if (chunk?.group === group && chunk.visibleAtMs <= nowMs) yield chunk;
    }
  }

  #dropOldest(): void {
    while (this.#bytes > this.#options.maxBytes && this.#first < this.#chunks.length - 1) {
      this.#bytes -= (this.#chunks[this.#first]?.size ?? 0) + CHUNK_OVERHEAD_BYTES;
      this.#first += 1;
    }
    if (this.#first < COMPACT_AFTER || this.#first * 2 < this.#chunks.length) return;
    this.#chunks = this.#chunks.slice(this.#first);
    this.#first = 0;
  }
}
