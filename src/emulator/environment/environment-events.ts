import type { InvocationEnding } from './invocation-ending.ts';
import type { RuntimeSignal } from './runtime-api.ts';
import type { RuntimeExit } from './runtime-exit.ts';

/** What can happen to the process of an environment. */
export type EnvironmentEvent =
  | RuntimeSignal
  | { readonly kind: 'exited'; readonly exit: RuntimeExit }
  | { readonly kind: 'out-of-memory' }
  /** It ran at full speed, and its share would have taken it past the time limit. */
  | { readonly kind: 'share-used-up' };

export type InitFailure = Exclude<InvocationEnding, { kind: 'answered' | 'answer-too-large' }>;

/** An ending, and when it came on the clock of `performance.now()`. */
export interface EndingAt {
  readonly ending: InvocationEnding;
  readonly atMs: number;
}

/** What a process does after its answer: asks for the next event, or does not; `null` is neither in time. */
export type AfterAnswer = Extract<
  EnvironmentEvent,
  { kind: 'next' | 'exited' | 'out-of-memory' }
> | null;

/**
 * The events of one environment for its one reader, in order; what comes while nobody waits is kept.
 * Each wait ends with the first event that means something to it, or at its deadline, a time on the
 * clock of `performance.now()`.
 */
export class EnvironmentEvents {
  #events: EnvironmentEvent[] = [];
  #deliver: ((event: EnvironmentEvent) => void) | null = null;

  put(event: EnvironmentEvent): void {
    if (this.#deliver === null) this.#events.push(event);
    else this.#deliver(event);
  }

  clear(): void {
    this.#events = [];
  }

  /** Waits for the end of an init: `null` when the process asks for its first event. */
  untilInitialised(deadlineMs: number): Promise<InitFailure | null> {
    return this.#until<InitFailure | null>(deadlineMs, { kind: 'timed-out' }, (event) => {
      switch (event.kind) {
        case 'next':
          return { is: null };
        case 'init-error':
          return { is: { kind: 'failed', payload: event.payload, errorType: event.errorType } };
        case 'out-of-memory':
        case 'exited':
          return { is: event };
        case 'response':
        case 'error':
        case 'share-used-up':
          return null;
      }
    });
  }

  /** Waits for the answer to an event, or for what takes its place. */
  untilAnswered(deadlineMs: number): Promise<EndingAt> {
    const timedOut: EndingAt = { ending: { kind: 'timed-out' }, atMs: deadlineMs };
    return this.#until(deadlineMs, timedOut, (event) => {
      switch (event.kind) {
        case 'response':
          return { is: { ending: answerOf(event.payload, event.isStream), atMs: event.atMs } };
        case 'error': {
          const { payload, errorType, streamed, atMs } = event;
          const failed = { kind: 'failed' as const, payload, errorType };
          const ending = streamed === undefined ? failed : { ...failed, streamed };
          return { is: { ending, atMs } };
        }
        case 'out-of-memory':
        case 'exited':
          return { is: { ending: event, atMs: performance.now() } };
        case 'share-used-up':
          return { is: timedOut };
        case 'next':
        case 'init-error':
          return null;
      }
    });
  }

  /** Waits until the process asks for its next event. */
  untilNext(deadlineMs: number): Promise<AfterAnswer> {
    return this.#until<AfterAnswer>(deadlineMs, null, (event) => {
      switch (event.kind) {
        case 'next':
        case 'exited':
        case 'out-of-memory':
          return { is: event };
        case 'share-used-up':
          return { is: null };
        case 'response':
        case 'error':
        case 'init-error':
          return null;
      }
    });
  }

  /** @param read `null` for an event that means nothing here */
  async #until<T>(
    deadlineMs: number,
    otherwise: T,
    read: (event: EnvironmentEvent) => { readonly is: T } | null,
  ): Promise<T> {
    for (;;) {
      const event = await this.#take(deadlineMs);
      if (event === null) return otherwise;
      const result = read(event);
      if (result !== null) return result.is;
    }
  }

  #take(deadlineMs: number): Promise<EnvironmentEvent | null> {
    const first = this.#events.shift();
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(null), Math.max(0, deadlineMs - performance.now()));
      const finish = (event: EnvironmentEvent | null): void => {
        clearTimeout(timer);
        this.#deliver = null;
        resolve(event);
      };
      this.#deliver = finish;
    });
  }
}

function answerOf(payload: Buffer | null, isStream = false): InvocationEnding {
  return payload === null ? { kind: 'answer-too-large' } : { kind: 'answered', payload, isStream };
}
