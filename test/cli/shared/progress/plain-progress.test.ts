import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../../src/cli/shared/progress/create-progress.ts';
import { progressMode } from '../../../../src/cli/shared/progress/progress-mode.ts';
import type { RunEvent } from '../../../../src/contract/shared/run-event.ts';
import { AFTER_MEASURING, BEFORE_MEASURING, measuring, RETRIED, WARNED } from './a-run.ts';
import { FakeClock, FakeTerminal } from './fake-terminal.ts';

function showRun(
  options: { readonly quiet?: boolean; readonly verbose?: boolean; readonly unicode?: boolean },
  tell: (show: (event: RunEvent) => void, clock: FakeClock) => void,
): string[] {
  const terminal = new FakeTerminal({ isTTY: false });
  const clock = new FakeClock();
  const progress = createProgress(terminal, { env: {}, clock, unicode: true, ...options });
  tell((event) => {
    progress.show(event);
  }, clock);
  progress.end();
  return terminal.writes.join('').split('\n').slice(0, -1);
}

function wholeRun(show: (event: RunEvent) => void, clock: FakeClock): void {
  for (const event of BEFORE_MEASURING) show(event);
  for (let done = 1; done <= 100; done += 1) {
    clock.pass(130);
    show(measuring(done));
  }
  for (const event of AFTER_MEASURING) show(event);
}

describe('progress without a terminal', () => {
  it('is one line an event, measuring every tenth', async () => {
    const lines = showRun({}, wholeRun);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('goldens/plain.txt');
  });

  it('tells every stage when asked to', async () => {
    const lines = showRun({ verbose: true }, wholeRun);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('goldens/plain-verbose.txt');
  });

  it('speaks up after ten seconds of silence', () => {
    const lines = showRun({}, (show, clock) => {
      show(measuring(1));
      clock.pass(9000);
      show(measuring(2));
      clock.pass(1000);
      show(measuring(3));
      clock.pass(500);
      show(measuring(4));
    });
    expect(lines).toEqual([
      '        10 s  round 1: 3 of 100 (3 %), 0.000030 USD so far, now 1024 MB',
    ]);
  });

  it('begins again with every round', () => {
    const lines = showRun({}, (show) => {
      show(measuring(100));
      show(measuring(10, 2));
      show(measuring(100, 2));
    });
    // The tenth of the second round came too soon after the first.
    expect(lines.map((line) => line.trim().replace(/^0 s {2}/, ''))).toEqual([
      'round 1: 100 of 100 (100 %), 0.0010 USD so far, now 512 MB',
      'round 2: 100 of 100 (100 %), 0.0010 USD so far, now 512 MB',
    ]);
  });

  it('moves nothing and colours nothing', () => {
    expect(showRun({}, wholeRun).join('\n')).not.toContain('\u001b');
  });

  it('lets no text of a user forge a line', () => {
    const lines = showRun({}, (show) => {
      show({ ...RETRIED, error: 'x\n        14 s  \u001b[2Jall is well' } as RunEvent);
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\u001b');
  });

  it('counts in CNY in China', () => {
    const lines = showRun({}, (show) => {
      show({ ...WARNED, function: 'arn:aws-cn:lambda:cn-north-1:1:function:f' } as RunEvent);
    });
    expect(lines[0]).toContain('0.0034 CNY');
  });
});

describe('quiet progress', () => {
  it('says nothing when all is well', () => {
    expect(showRun({ quiet: true }, wholeRun)).toEqual([]);
  });

  it('tells warnings', () => {
    const lines = showRun({ quiet: true }, (show) => {
      show(WARNED);
      show({ kind: 'warning', code: 'drift', message: 'The function got slower.' });
      show(RETRIED);
    });
    expect(lines).toEqual([
      '! A queue calls $LATEST: it will notice the change.',
      '! The function got slower.',
    ]);
  });
});

describe('progressMode', () => {
  const terminal = { isTTY: true };

  it.each([
    [terminal, {}, {}, 'live'],
    [terminal, { TERM: 'xterm', CI: '', NO_COLOR: '' }, {}, 'live'],
    [{ isTTY: false }, {}, {}, 'plain'],
    [terminal, { CI: 'true' }, {}, 'plain'],
    [terminal, { NO_COLOR: '1' }, {}, 'plain'],
    [terminal, { TERM: 'dumb' }, {}, 'plain'],
    [terminal, {}, { color: false }, 'plain'],
    [terminal, {}, { quiet: true }, 'quiet'],
  ] as const)('for %j in %j with %j is %s', (output, env, options, mode) => {
    expect(progressMode(output, env, options)).toBe(mode);
  });
});
