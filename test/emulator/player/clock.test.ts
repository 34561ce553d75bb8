import { describe, expect, it } from 'vitest';
import { realClock } from '../../../src/emulator/player/clock.ts';

const NEVER = new AbortController().signal;

describe('the real clock', () => {
  it.each([0, -5])('does not sleep for %i ms', async (ms) => {
    await realClock.sleep(ms, NEVER);
  });

  // A longer time than a timer holds fires at once, so this would be over before the abort.
  it('sleeps for years, and wakes at once when aborted', async () => {
    const controller = new AbortController();
    let awake = false;
    const sleeping = realClock.sleep(1e11, controller.signal).then(() => (awake = true));
    await realClock.sleep(20, NEVER);
    expect(awake).toBe(false);
    controller.abort();
    await sleeping;
    await realClock.sleep(1e11, controller.signal);
  });
});
