import { type Terminal, wantsUnicode } from '../terminal.ts';
import type { ProgressClock } from './output.ts';
import { createProgress } from './create-progress.ts';
import type { Progress, ProgressOptions } from './progress.ts';

const CLOCK: ProgressClock = {
  now: () => performance.now(),
  every: (ms, tick) => {
    const timer = setInterval(tick, ms);
    // A display must not keep a process alive.
    timer.unref();
    return () => {
      clearInterval(timer);
    };
  },
};

/**
 * Progress on standard error. Should the process end without `end` having been called, the cursor is
 * given back all the same.
 */
export function progressDisplay(terminal: Terminal, options: ProgressOptions): Progress {
  const { stderr, env } = terminal;
  const display = createProgress(stderr, {
    ...options,
    env,
    unicode: wantsUnicode(env),
    clock: CLOCK,
  });
  const end = () => {
    process.off('exit', end);
    display.end();
  };
  process.once('exit', end);
  return { show: display.show.bind(display), end };
}
