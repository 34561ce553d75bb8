import { malformed } from './malformed-query.ts';
import { queryTokens, type Token } from './query-tokens.ts';

/** Walks over the words of a query. What it does not find, it says. */
export class QueryReader {
  readonly #query: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(query: string) {
    this.#query = query;
    this.#tokens = queryTokens(query);
  }

  name(wanted: string): string {
    const token = this.#next();
    if (token?.kind !== 'name') throw this.#unexpected(wanted);
    this.#at += 1;
    return token.text;
  }

  takeName(name: string): boolean {
    const token = this.#next();
    if (token?.kind !== 'name' || token.text.toLowerCase() !== name) return false;
    this.#at += 1;
    return true;
  }

  take(mark: string): boolean {
    const token = this.#next();
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#at += 1;
    return true;
  }

  want(mark: string): void {
    if (!this.take(mark)) throw this.#unexpected(mark);
  }

  /** `null` when something else comes. */
  number(): number | null {
    const token = this.#next();
    if (token?.kind !== 'number') return null;
    this.#at += 1;
    return Number(token.text);
  }

  isPattern(): boolean {
    return this.#next()?.kind === 'pattern';
  }

  pattern(): RegExp {
    const token = this.#next();
    if (token?.kind !== 'pattern') throw this.#unexpected('a pattern between slashes');
    this.#at += 1;
    try {
      return new RegExp(token.text);
    } catch (error) {
      throw malformed(`Invalid regular expression ${token.text}: ${String(error)}`);
    }
  }

  /** The name behind `as`, or `null`. */
  alias(): string | null {
    return this.takeName('as') ? this.name('a name behind as') : null;
  }

  /** At least one, with commas between them. */
  list<T>(read: () => T): readonly T[] {
    const all = [read()];
    while (this.take(',')) all.push(read());
    return all;
  }

  /** What was read, and how it was written. */
  text<T>(read: () => T): { readonly value: T; readonly text: string } {
    const from = this.#next()?.start ?? this.#query.length;
    const value = read();
    const to = this.#tokens[this.#at - 1]?.end ?? this.#query.length;
    return { value, text: this.#query.slice(from, to).replaceAll('`', '') };
  }

  /** What is still to be read, for messages. */
  rest(): string {
    return (
      this.#query
        .slice(this.#next()?.start ?? this.#query.length)
        .split('|')[0]
        ?.trim() ?? ''
    );
  }

  end(): void {
    if (this.#next() !== undefined) throw this.#unexpected('| or the end');
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #unexpected(wanted: string): Error {
    const token = this.#next();
    return malformed(
      `unexpected ${token === undefined ? 'end of the query' : `symbol found ${token.text} at position ${token.start}`}: wanted ${wanted}`,
    );
  }
}
