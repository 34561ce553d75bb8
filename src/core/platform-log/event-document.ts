import { type EventMessage, readEventMessage } from './event-message.ts';
import { MAX_LINE_CHARACTERS } from './line-splitter.ts';

/** Enough of a log to see whether it begins with such a document. */
export const HEAD_CHARACTERS = 256;

const OPENING =
  /^\s*(?:\[\s*[[{"]|\{\s*"(?:events|searchedLogStreams|nextToken|nextForwardToken|nextBackwardToken|messageType|owner|logGroup|logStream|subscriptionFilters|logEvents|logStreamName|eventId|ingestionTime|results)"\s*:)/;

/** Whether text begins as CloudWatch's own JSON does: what the AWS CLI prints, or a subscription delivers. */
export function opensEventDocument(head: string): boolean {
  return OPENING.test(head);
}

const CODE = {
  quote: 34,
  backslash: 92,
  open: 123,
  close: 125,
  openList: 91,
  closeList: 93,
} as const;
const MAX_DEPTH = 1000;
const LINE_FEED = 10;

/** What JSON may hold outside of strings, as AWS's tools write it: whitespace, `true`, `false`, `null` and numbers without an exponent. */
const BETWEEN = new Set(Array.from(' \t\r\n,:-.0123456789truefalsn', (each) => each.charCodeAt(0)));

/**
 * Finds log events in one JSON document that comes in pieces and may be of any size: objects that hold
 * no other object or list, and strings in lists (`--query 'events[].message'`). Holds one event at a time.
 */
export class EventDocument {
  readonly #onMessage: (event: EventMessage) => void;
  /** Lists and objects that are open, the innermost last: `[` or `{`. */
  readonly #open: number[] = [];
  #inString = false;
  #escaped = false;
  /** The beginning of a candidate, from earlier pieces; `null` outside of one. */
  #kept: string | null = null;

  constructor(onMessage: (event: EventMessage) => void) {
    this.#onMessage = onMessage;
  }

  /**
   * Reads on from `start`.
   *
   * @returns the position behind the end of the document, or of what is no JSON: then it was none;
   *   `-1` where it goes on in the next piece
   */
  push(text: string, start: number): number {
    // Where the candidate in hand begins in this piece.
    let from = start;
    for (let position = start; position < text.length; position += 1) {
      const code = text.charCodeAt(position);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === CODE.backslash) this.#escaped = true;
        else if (code === LINE_FEED) return position;
        else if (code === CODE.quote) {
          this.#inString = false;
          if (this.#open.at(-1) === CODE.openList) this.#candidate(text.slice(from, position + 1));
        }
        continue;
      }
      switch (code) {
        case CODE.quote:
          this.#inString = true;
          if (this.#open.at(-1) === CODE.openList) {
            this.#kept = '';
            from = position;
          }
          break;
        case CODE.open:
        case CODE.openList:
          this.#open.push(code);
          this.#kept = code === CODE.open ? '' : null;
          from = position;
          if (this.#open.length > MAX_DEPTH) return position + 1;
          break;
        case CODE.close:
        case CODE.closeList:
          if (code === CODE.close) this.#candidate(text.slice(from, position + 1));
          this.#kept = null;
          this.#open.pop();
          if (this.#open.length === 0) return position + 1;
          break;
        default:
          if (!BETWEEN.has(code)) return position;
      }
    }
    if (this.#kept !== null) {
      this.#kept += text.slice(from);
      if (this.#kept.length > MAX_LINE_CHARACTERS) this.#kept = null;
    }
    return -1;
  }

  #candidate(end: string): void {
    if (this.#kept === null) return;
    const json = this.#kept + end;
    this.#kept = null;
    if (json.length > MAX_LINE_CHARACTERS) return;
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      return;
    }
    const event =
      typeof value === 'string' ? { message: value, stream: '' } : readEventMessage(value);
    if (event !== null) this.#onMessage(event);
  }
}
