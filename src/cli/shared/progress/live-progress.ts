import type { RunEvent } from '../../../contract/shared/run-event.ts';
import { plainText } from '../../../words/plain-text.ts';
import type { TextPen } from '../../../report/text/text-pen.ts';
import { eventText, outputLines } from './event-text.ts';
import { LiveBlock } from './live-block.ts';
import { liveLines } from './live-lines.ts';
import type { Output, ProgressClock } from './output.ts';
import type { Progress } from './progress.ts';
import { INITIAL_STATE, progressState } from './progress-state.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const FRAME_MS = 100;

/** Events that are worth a line that stays. */
const LASTING: ReadonlySet<RunEvent['kind']> = new Set([
  'size-refused',
  'stage-failed',
  'interrupted',
  'warning',
]);

/** Progress on a terminal: a block that rewrites itself, and lines above it for what went wrong. */
export class LiveProgress implements Progress {
  readonly #block: LiveBlock;
  readonly #output: Output;
  readonly #clock: ProgressClock;
  readonly #pen: TextPen;
  readonly #verbose: boolean;
  readonly #startedMs: number;
  #state = INITIAL_STATE;
  #stop: (() => void) | null = null;
  #ended = false;

  constructor(output: Output, clock: ProgressClock, pen: TextPen, verbose: boolean) {
    this.#block = new LiveBlock(output);
    this.#output = output;
    this.#clock = clock;
    this.#pen = pen;
    this.#verbose = verbose;
    this.#startedMs = clock.now();
  }

  show(event: RunEvent): void {
    if (this.#ended) return;
    if (event.kind === 'finished') {
      this.end();
      return;
    }
    this.#state = progressState(this.#state, event);
    this.#printLasting(event);
    this.#stop ??= this.#clock.every(FRAME_MS, () => {
      this.#draw();
    });
    // Observations can come by the thousand: the next frame shows the last of them.
    if (event.kind !== 'measuring') this.#draw();
  }

  end(): void {
    this.#ended = true;
    this.#stop?.();
    this.#stop = null;
    this.#block.end();
  }

  #printLasting(event: RunEvent): void {
    if (event.kind === 'output') {
      const lines = outputLines(event).map((line) => this.#pen.styled(line));
      if (lines.length > 0) this.#block.print(lines.join('\n').replaceAll('\u00a0', ' '));
      return;
    }
    if (LASTING.has(event.kind) || (this.#verbose && event.kind !== 'measuring')) {
      this.#print(eventText(event, this.#state.currency), event.kind);
    }
    if (event.kind !== 'inspected') return;
    for (const { message } of event.warnings) this.#print(`! ${plainText(message)}`, 'warning');
  }

  #print(text: string | null, kind: RunEvent['kind']): void {
    if (text === null) return;
    const line = this.#pen.styled(text).replaceAll('\u00a0', ' ');
    this.#block.print(LASTING.has(kind) ? this.#pen.careful(line) : line);
  }

  #draw(): void {
    const elapsedMs = this.#clock.now() - this.#startedMs;
    const lines = liveLines(this.#state, elapsedMs, Math.floor(elapsedMs / FRAME_MS), {
      columns: this.#output.columns || 80,
      unicode: this.#pen.unicode,
      accent: this.#pen.accent,
    });
    this.#block.draw(lines);
  }
}
