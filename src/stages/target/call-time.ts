import type { StageContext } from './stage.ts';

/** What Measure keeps for handing back what it has. */
const RESERVE_MS = 5_000;

/** What `late-logs.ts` waits for a log, and its searches. */
const LATE_LOG_MS = 45_000;

export interface CallTimeOptions {
  /** How long the answer of one invocation is waited for. */
  readonly invocationMs: number;
  /** What may come around an invocation besides processors. @default a late log */
  readonly aroundMs?: number;
  /** How many functions are called around each invocation. @default 0 */
  readonly processors?: number;
}

/** What a pre- or post-processor is taken to need until one is known to need more. */
const LEAST_PROCESSOR_MS = 10_000;

/**
 * What is left of one call of Measure. Nothing may last beyond it: Lambda would cut the call off, and
 * everything that it had measured would be lost.
 */
export class CallTime {
  /** How long the answer of one invocation is waited for. */
  readonly invocationMs: number;
  readonly #remainingMs: () => number;
  readonly #aroundMs: number;
  readonly #spareMs: number;
  readonly #processors: number;
  #processorMs = LEAST_PROCESSOR_MS;

  constructor(context: StageContext, options: CallTimeOptions) {
    const { invocationMs, aroundMs = LATE_LOG_MS, processors = 0 } = options;
    this.#remainingMs = context.remainingMs;
    this.invocationMs = invocationMs;
    this.#aroundMs = aroundMs;
    this.#processors = processors;
    this.#spareMs = this.leftMs() - invocationMs;
  }

  /** Returns the milliseconds until everything must be handed back; below 0 that time is over. */
  leftMs(): number {
    return this.#remainingMs() - RESERVE_MS;
  }

  /** Whether an invocation that is sent after so long can still be waited for to its end. */
  fitsInvocation(afterMs = 0): boolean {
    return this.leftMs() - afterMs >= this.invocationMs;
  }

  /**
   * Whether to begin another one, with all that may come before and after it. Invocations that nearly
   * fill the call get half of what they leave, so that more than one at a time can begin.
   */
  fitsAnother(): boolean {
    const aroundMs = this.#aroundMs + this.#processors * this.#processorMs;
    return this.fitsInvocation(Math.min(aroundMs, this.#spareMs / 2));
  }

  /** Notes how long a processor took: the next one may take twice that. */
  processorTook(ms: number): void {
    this.#processorMs = Math.max(this.#processorMs, 2 * ms);
  }
}
