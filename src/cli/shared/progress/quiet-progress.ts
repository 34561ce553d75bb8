import type { RunEvent } from '../../../contract/shared/run-event.ts';
import { plainText } from '../../../words/plain-text.ts';
import type { TextPen } from '../../../report/text/text-pen.ts';
import type { Output } from './output.ts';
import type { Progress } from './progress.ts';

/** No progress, but what the user should know. */
export class QuietProgress implements Progress {
  readonly #output: Output;
  readonly #pen: TextPen;

  constructor(output: Output, pen: TextPen) {
    this.#output = output;
    this.#pen = pen;
  }

  show(event: RunEvent): void {
    if (event.kind === 'warning') this.#print(event.message);
    if (event.kind !== 'inspected') return;
    for (const { message } of event.warnings) this.#print(message);
  }

  end(): void {
    // Nothing is left open.
  }

  #print(message: string): void {
    this.#output.write(`! ${this.#pen.styled(plainText(message))}\n`);
  }
}
