import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../../src/cli/shared/progress/create-progress.ts';
import type { RunEvent } from '../../../../src/contract/shared/run-event.ts';
import {
  AFTER_MEASURING,
  BEFORE_MEASURING,
  INSPECTED,
  measuring,
  RETRIED,
  sizeSet,
  stage,
  STARTED,
  WARNED,
} from './a-run.ts';
import { FakeClock, FakeTerminal } from './fake-terminal.ts';

function live(
  options: {
    readonly columns?: number;
    readonly unicode?: boolean;
    readonly verbose?: boolean;
  } = {},
) {
  const terminal = new FakeTerminal({ columns: options.columns ?? 80 });
  const clock = new FakeClock();
  const progress = createProgress(terminal, {
    env: {},
    clock,
    unicode: options.unicode ?? true,
    verbose: options.verbose,
  });
  const show = (...events: readonly RunEvent[]) => {
    for (const event of events) progress.show(event);
  };
  return { terminal, clock, progress, show };
}

describe('live progress', () => {
  it('rewrites one place from the first event to the last', () => {
    const { terminal, clock, show } = live();
    show(STARTED);
    expect(terminal.screen).toEqual(['⠋ thumbnail: starting (0 s)']);
    expect(terminal.cursorVisible).toBe(false);
    show(stage('Inspect'));
    clock.pass(3000);
    expect(terminal.screen).toEqual(['⠋ thumbnail: inspecting the function (3 s)']);
    show(INSPECTED, stage('SetMemory'), sizeSet(512, 1));
    expect(terminal.screen).toEqual([
      '⠋ thumbnail: setting memory sizes, 1 of 2, last 512 MB (3 s)',
    ]);
    show(stage('Measure'), measuring(34));
    clock.pass(9100);
    // 34 % of 25 columns are 8.5 blocks; the spinner turns every 100 ms.
    expect(terminal.screen).toEqual([
      '⠙ thumbnail: measuring 512 MB, round 1',
      `  ${'████████▌'.padEnd(25)}  34 of 100  0.00034 USD of at most 0.0034 USD  12 s`,
    ]);
  });

  it('leaves nothing behind, and the cursor as it was', () => {
    const { terminal, clock, progress, show } = live();
    show(...BEFORE_MEASURING, measuring(10), ...AFTER_MEASURING);
    expect(terminal.screen).toEqual([]);
    expect(terminal.cursorVisible).toBe(true);
    expect(clock.waiting).toBe(0);
    progress.end();
    show(measuring(11));
    clock.pass(1000);
    expect(terminal.screen).toEqual([]);
  });

  it('keeps what went wrong above, each once', () => {
    const { terminal, clock, progress, show } = live();
    show(STARTED, WARNED, stage('Measure'), measuring(3), RETRIED);
    show({ kind: 'size-refused', memoryMb: 4096, reason: 'at most\n3008 MB' });
    show({ kind: 'warning', code: 'drift', message: 'The function got slower.' });
    show({ kind: 'interrupted' });
    clock.pass(100);
    const above = [
      '! A queue calls $LATEST: it will notice the change.',
      'Measure failed: Lambda.TooManyRequestsException; again in 2 s',
      '4096 MB was refused: at most 3008 MB',
      '! The function got slower.',
      'interrupted: putting the function back, please wait',
    ];
    expect(terminal.screen.slice(0, 5)).toEqual(above);
    expect(terminal.screen[5]).toContain('interrupted, putting the function back');
    progress.end();
    expect(terminal.screen).toEqual(above);
    expect(terminal.cursorVisible).toBe(true);
  });

  it('draws observations with the next frame, not each by itself', () => {
    const { terminal, clock, show } = live();
    show(...BEFORE_MEASURING);
    const before = terminal.writes.length;
    for (let done = 1; done <= 100; done += 1) show(measuring(done));
    expect(terminal.writes.length).toBe(before);
    clock.pass(100);
    expect(terminal.writes.length).toBe(before + 1);
    expect(terminal.screen.at(-1)).toContain('100 of 100');
  });

  it('never clears a line before it writes it', () => {
    const { terminal, clock, show } = live();
    show(...BEFORE_MEASURING, measuring(1));
    clock.pass(100);
    show(measuring(2));
    clock.pass(100);
    expect(terminal.writes.at(-1)?.startsWith('\r\u001b[1A\u001b[36m')).toBe(true);
  });

  it('is ASCII where the terminal is', () => {
    const { terminal, clock, show } = live({ unicode: false });
    show(...BEFORE_MEASURING, measuring(50));
    clock.pass(100);
    expect(terminal.screen.join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
    expect(terminal.screen.at(-1)).toContain('####');
  });

  it('tells more when asked to', () => {
    const { terminal, progress, show } = live({ verbose: true });
    show(...BEFORE_MEASURING);
    progress.end();
    expect(terminal.screen).toContain('1024 MB is published (2 of 2)');
    expect(terminal.screen).toContain('the function has its own configuration again');
  });

  it('keeps to the width, and to its place, whatever happens', () => {
    const event: fc.Arbitrary<RunEvent> = fc.oneof(
      fc.constantFrom(...BEFORE_MEASURING, WARNED, RETRIED),
      fc.integer({ min: 0, max: 100 }).map((done) => measuring(done)),
      fc
        .string({ unit: 'grapheme-ascii' })
        .map((name) => ({ ...STARTED, function: name }) as RunEvent),
      fc.string({ unit: 'grapheme-ascii' }).map(stage),
    );
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 2, max: 100 }),
        (events, columns) => {
          const { terminal, clock, progress, show } = live({ columns });
          const lasting = new Set(['stage-failed', 'inspected']);
          show(...events.filter(({ kind }) => !lasting.has(kind)));
          clock.pass(100);
          // Two lines at most: were one too long, the terminal would have made three of them.
          expect(terminal.screen.length).toBeLessThanOrEqual(2);
          for (const line of terminal.screen) expect(line.length).toBeLessThan(columns);
          progress.end();
          expect(terminal.screen).toEqual([]);
          expect(terminal.cursorVisible).toBe(true);
        },
      ),
    );
  });
});
