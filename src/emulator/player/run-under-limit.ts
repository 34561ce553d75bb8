import type { Clock } from './clock.ts';

export interface Limit {
  readonly clock: Clock;
  /** Aborts the work from outside. */
  readonly signal: AbortSignal;
  /** How long the work may take; infinite for no limit. */
  readonly limitMs: number;
  /** How long the player waits for work that it has told to stop. */
  readonly graceMs: number;
}

export type LimitedResult<T> =
  | { readonly kind: 'ended'; readonly value: T }
  | { readonly kind: 'stopped'; readonly by: 'limit' | 'signal'; readonly stillRunning: boolean };

/**
 * Runs work until it ends, its time is over or it is aborted. Stopped work is told through its signal and
 * given a short grace to end, so that what follows does not happen beside it; work that ignores its
 * signal is left behind.
 *
 * @param work must not reject.
 */
export async function runUnderLimit<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { clock, signal, limitMs, graceMs }: Limit,
): Promise<LimitedResult<T>> {
  const toWork = new AbortController();
  const timers = new AbortController();
  const abort = waitForSignal(signal, timers.signal);
  try {
    const running = work(toWork.signal).then((value) => ({ kind: 'ended', value }) as const);
    const first = await Promise.race([
      running,
      abort.then(() => 'signal' as const),
      ...(limitMs === Infinity ? [] : [sleep(clock, limitMs, timers.signal, 'limit' as const)]),
    ]);
    if (typeof first !== 'string') return signal.aborted ? toStopped('signal', false) : first;
    toWork.abort();
    const last = await Promise.race([running, sleep(clock, graceMs, timers.signal, 'limit')]);
    return toStopped(first, last === 'limit');
  } finally {
    timers.abort();
  }
}

function toStopped(by: 'limit' | 'signal', stillRunning: boolean) {
  return { kind: 'stopped', by, stillRunning } as const;
}

/** Sleeps and answers `answer`; never rejects, whatever the clock does when it is aborted. */
async function sleep<T>(clock: Clock, ms: number, signal: AbortSignal, answer: T): Promise<T> {
  await clock.sleep(ms, signal).catch(() => undefined);
  return answer;
}

/** Resolves when `signal` is aborted; `forget` removes the listener. */
function waitForSignal(signal: AbortSignal, forget: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true, signal: forget });
  });
}
