import type { RunEvent } from '../../../contract/shared/run-event.ts';
import { elapsedText } from '../../../words/format/duration.ts';
import { plainText } from '../../../words/plain-text.ts';
import type { TextPen } from '../../../report/text/text-pen.ts';
import { eventText, outputLines } from './event-text.ts';
import type { Output, ProgressClock } from './output.ts';
import type { Progress } from './progress.ts';
import { INITIAL_STATE, progressState } from './progress-state.ts';

/** Measuring says something at every tenth of a round, but not more often than this. */
const SHORTEST_SILENCE_MS = 1000;

/** The longest time without a line. */
const LONGEST_SILENCE_MS = 10_000;

/** Stages that no event of their own tells about. */
const UNTOLD_STAGES = new Set(['Inspect', 'Recommend']);

const ELAPSED_WIDTH = 12;

/** Progress where nothing may move: one line an event, with the time since the start in front. */
export class PlainProgress implements Progress {
  readonly #output: Output;
  readonly #clock: ProgressClock;
  readonly #pen: TextPen;
  readonly #verbose: boolean;
  readonly #startedMs: number;
  #state = INITIAL_STATE;
  /** What the last line about measuring said. */
  #told = { round: 0, tenths: 0, atMs: 0 };

  constructor(output: Output, clock: ProgressClock, pen: TextPen, verbose: boolean) {
    this.#output = output;
    this.#clock = clock;
    this.#pen = pen;
    this.#verbose = verbose;
    this.#startedMs = clock.now();
  }

  show(event: RunEvent): void {
    const isNews = this.#isWorthALine(event);
    this.#state = progressState(this.#state, event);
    if (isNews) this.#print(eventText(event, this.#state.currency));
    if (event.kind === 'output') for (const line of outputLines(event)) this.#print(line);
    if (event.kind !== 'inspected') return;
    for (const { message } of event.warnings) this.#print(`! ${plainText(message)}`);
  }

  end(): void {
    // Every line is whole already.
  }

  #isWorthALine(event: RunEvent): boolean {
    if (event.kind === 'measuring') return this.#isDue(event);
    // A round without new sizes has nothing to put back.
    if (event.kind === 'restored') return this.#verbose || this.#state.setting !== null;
    return event.kind !== 'stage-started' || this.#verbose || UNTOLD_STAGES.has(event.stage);
  }

  #isDue({ round, done, planned }: Extract<RunEvent, { kind: 'measuring' }>): boolean {
    const atMs = this.#clock.now();
    const tenths = Math.floor((done / Math.max(planned, 1)) * 10);
    if (round !== this.#told.round) this.#told = { round, tenths: 0, atMs };
    const silenceMs = atMs - this.#told.atMs;
    const isDue =
      (tenths > this.#told.tenths && silenceMs >= SHORTEST_SILENCE_MS) ||
      silenceMs >= LONGEST_SILENCE_MS ||
      done >= planned;
    if (!isDue) return false;
    this.#told = { round, tenths, atMs };
    return true;
  }

  #print(text: string | null): void {
    if (text === null) return;
    const elapsed = elapsedText((this.#clock.now() - this.#startedMs) / 1000);
    const line = this.#pen.styled(`${elapsed.padStart(ELAPSED_WIDTH)}  ${text}`);
    this.#output.write(`${line.replaceAll('\u00a0', ' ')}\n`);
  }
}
