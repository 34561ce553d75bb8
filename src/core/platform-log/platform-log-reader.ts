import { EventDocument, HEAD_CHARACTERS, opensEventDocument } from './event-document.ts';
import type { LogRecord } from './invocation-ledger.ts';
import { LineReader } from './line-reader.ts';
import { LineSplitter } from './line-splitter.ts';

/** The byte order mark, decoded from UTF-8 or byte by byte. */
const BYTE_ORDER_MARK = /^(?:\uFEFF|\u00EF\u00BB\u00BF)/;

/**
 * Reads a log of any size, in chunks cut anywhere, and returns the invocations that it holds a report
 * of, in the order in which their reports became certain. One reader a log.
 *
 * Understood are text and JSON logs, as Lambda writes them, with an export's prefix on each line, or
 * wrapped in CloudWatch's JSON (one event a line, or documents). Memory is bounded, whatever comes.
 *
 * Text may be decoded byte by byte (latin1), which is much faster than UTF-8: all that is looked for is
 * ASCII, and only an `errorType` can hold anything else.
 */
export class PlatformLogReader {
  readonly #reader = new LineReader();
  readonly #splitter = new LineSplitter((text, start, end) => {
    this.#reader.lines(text, start, end);
  });
  #document: EventDocument | null = null;
  /** The beginning of the log, or what follows a document, until its form can be told. */
  #head: string | null = '';
  #begun = false;

  /** Lines that look like reports and were left out: nothing says that Lambda wrote them. */
  get leftOut(): number {
    return this.#reader.leftOut;
  }

  push(chunk: string): readonly LogRecord[] {
    this.#push(chunk, false);
    return this.#reader.take();
  }

  /** The log is over: returns what was still waited for. */
  end(): readonly LogRecord[] {
    this.#push('', true);
    this.#splitter.end();
    this.#reader.finish();
    return this.#reader.take();
  }

  #push(chunk: string, last: boolean): void {
    let text = chunk;
    for (;;) {
      if (this.#document !== null) {
        const end = this.#document.push(text, 0);
        if (end < 0) return;
        this.#document = null;
        this.#head = '';
        text = text.slice(end);
      }
      if (this.#head === null) {
        this.#splitter.push(text);
        return;
      }
      text = this.#head + text;
      if (text.length < HEAD_CHARACTERS && !last) {
        this.#head = text;
        return;
      }
      if (!this.#begun) text = text.replace(BYTE_ORDER_MARK, '');
      this.#begun = true;
      this.#head = null;
      if (opensEventDocument(text.slice(0, HEAD_CHARACTERS))) {
        this.#document = new EventDocument((event) => {
          this.#reader.message(event.message, event.stream);
        });
      }
    }
  }
}
