import { MAX_LINE_CHARACTERS } from './log-limits.ts';

const CODE = { lineFeed: 10, carriageReturn: 13, quote: 34 } as const;

/** Excel's text has tabs. */
export type Separator = ',' | ';' | '\t';

/** More columns than any export has. */
const MAX_FIELDS = 1000;

/**
 * Cuts CSV (RFC 4180) that comes in pieces into records. Inside of quotes everything belongs to the
 * field, and a doubled quote is one. Fields that are longer than any log event are cut off there.
 */
export class CsvRecords {
  readonly #separator: number;
  readonly #onRecord: (fields: readonly string[]) => void;
  #fields: string[] = [];
  #field = '';
  #quoted = false;
  /** The character before was a quote inside of quotes: it ends them, or is the first of two. */
  #quoteBefore = false;

  constructor(separator: Separator, onRecord: (fields: readonly string[]) => void) {
    this.#separator = separator.charCodeAt(0);
    this.#onRecord = onRecord;
  }

  push(text: string): void {
    let from = 0;
    for (let position = 0; position < text.length; position += 1) {
      const code = text.charCodeAt(position);
      if (this.#quoteBefore) {
        this.#quoteBefore = false;
        if (code === CODE.quote) {
          from = position;
          continue;
        }
        this.#quoted = false;
        from = position;
      }
      if (this.#quoted) {
        const quote = code === CODE.quote ? position : text.indexOf('"', position);
        if (quote < 0) break;
        position = quote;
        this.#add(text, from, position);
        this.#quoteBefore = true;
        from = position + 1;
      } else if (code === CODE.quote && this.#field === '' && from === position) {
        this.#quoted = true;
        from = position + 1;
      } else if (code === this.#separator || code === CODE.lineFeed) {
        this.#add(text, from, position);
        from = position + 1;
        this.#endField();
        if (code === CODE.lineFeed) this.#endRecord();
      }
    }
    if (!this.#quoteBefore) this.#add(text, from, text.length);
  }

  end(): void {
    this.#endField();
    this.#endRecord();
  }

  #add(text: string, from: number, to: number): void {
    if (to > from && this.#field.length < MAX_LINE_CHARACTERS) this.#field += text.slice(from, to);
  }

  #endField(): void {
    const last = this.#field.length - 1;
    const ended = this.#field.charCodeAt(last) === CODE.carriageReturn;
    const field = ended ? this.#field.slice(0, last) : this.#field;
    if (this.#fields.length < MAX_FIELDS) this.#fields.push(field);
    this.#field = '';
  }

  #endRecord(): void {
    const fields = this.#fields;
    this.#fields = [];
    if (fields.length > 1 || fields[0] !== '') this.#onRecord(fields);
  }
}
