const ESCAPE = '\u001b';
/** Colours and other settings of a terminal, as the AWS CLI and other tools print them. */
// eslint-disable-next-line no-control-regex -- these characters are what is looked for
const SEQUENCE = /\u001b\[[0-9;:?]*[A-Za-z]/g;
/** The beginning of such a sequence at the end of a piece of text. */
// eslint-disable-next-line no-control-regex -- these characters are what is looked for
const UNFINISHED = /\u001b(?:\[[0-9;:?]{0,30})?$/;

/** Takes the colour codes out of text that comes in pieces, wherever the pieces were cut. */
export class ColourStripper {
  #rest = '';

  /** Whether a sequence has begun that may go on in the next piece. */
  get waits(): boolean {
    return this.#rest !== '';
  }

  push(chunk: string): string {
    if (this.#rest === '' && !chunk.includes(ESCAPE)) return chunk;
    const text = this.#rest + chunk;
    this.#rest = UNFINISHED.exec(text)?.[0] ?? '';
    return text.slice(0, text.length - this.#rest.length).replace(SEQUENCE, '');
  }

  end(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest;
  }
}
