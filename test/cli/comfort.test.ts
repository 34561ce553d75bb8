import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { addCompletionCommand } from '../../src/cli/completion/completion-command.ts';
import { completionScript } from '../../src/cli/completion/completion-script.ts';
import { addHelpCommand } from '../../src/cli/help/help-command.ts';
import { helpText } from '../../src/cli/help/help-text.ts';
import { addHistoryCommand } from '../../src/cli/history/history-command.ts';
import { EXIT } from '../../src/cli/shared/exit-code.ts';
import { progressMode } from '../../src/cli/shared/progress/progress-mode.ts';
import { addTuneCommand } from '../../src/cli/tune/tune-command.ts';
import { TOPICS } from '../../src/words/topics.ts';
import { powerdial } from './powerdial.ts';

const program = new Command('powerdial');
for (const add of [addTuneCommand, addHistoryCommand, addCompletionCommand, addHelpCommand]) {
  add(program);
}

/** Whether a shell is here; those that are not are not tried. */
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe.skipIf(!has('bash'))('completion for bash', () => {
  const complete = (...words: readonly string[]) => {
    const script = `${completionScript(program, 'bash')}
COMP_WORDS=(powerdial ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
_powerdial; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  };

  test.each([
    [['t'], ['tune']],
    [[''], ['tune', 'history', 'completion', 'help']],
    [
      ['tune', '--max-'],
      ['--max-duration', '--max-cost', '--max-usd'],
    ],
    [
      ['tune', 'my-fn', '--app'],
      ['--apply', '--apply-alias', '--apply-timeout'],
    ],
    [['history', '--max-'], ['--max-usd']],
    [['help', 'go'], ['goals']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['tune', '--local', 'package.j'], ['package.json']],
  ])('bash completes %j', (words, offered) => {
    expect(complete(...words).toSorted()).toEqual(offered.toSorted());
  });
});

test.skipIf(!has('zsh'))('zsh reads its completion', () => {
  const script = `autoload -U compinit && compinit -u -D\n${completionScript(program, 'zsh')}\nprint $_comps[powerdial]`;
  const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['_powerdial\n', '']);
});

test.skipIf(!has('fish'))('fish completes commands and options', () => {
  const script = `${completionScript(program, 'fish')}\ncomplete -C 'powerdial tu'\ncomplete -C 'powerdial tune --max-us'`;
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const [command, option] = stdout.split('\n');
  expect(command).toMatch(/^tune\t/);
  expect(option).toMatch(/^--max-usd\t/);
});

test('help explains a topic or a command, and lists all topics', () => {
  expect(helpText(program, 'goals')).toContain('--tolerance');
  expect(helpText(program, 'tune')).toContain('--progress <how>');
  const all = helpText(program, undefined);
  for (const topic of Object.keys(TOPICS)) expect(all).toContain(`  ${topic}`);
  expect(() => helpText(program, 'gols')).toThrow(/did you mean goals\?/);
});

test('Every help topic fits a terminal of 80 columns, and the topic of exit codes names each of them', () => {
  for (const { text } of Object.values(TOPICS)) {
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  }
  for (const code of Object.values(EXIT)) {
    expect(TOPICS['exit-codes'].text).toMatch(new RegExp(`^ {2}${code} `, 'm'));
  }
});

test('--progress json tells every event on a line of standard error, and --progress takes no other word', async () => {
  const args = ['tune', '--recorded', 'examples/recorded/orders.json', '--memory', '128,512'];
  const [told, refused] = await Promise.all([
    powerdial(...args, '--invocations', '5', '--progress', 'json', '--json'),
    powerdial(...args, '--progress', 'jsn'),
  ]);
  expect(told.code).toBe(0);
  const events = told.stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly at: string; readonly kind: string });
  expect(events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'run-started',
      'inspected',
      'round-planned',
      'measuring',
      'cleaned-up',
    ]),
  );
  for (const { at } of events) expect(new Date(at).toISOString()).toBe(at);
  expect(JSON.parse(told.stdout)).toHaveProperty('verdict');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/did you mean "json"\?/);
  const noTerminal = { isTTY: false };
  expect(progressMode(noTerminal, {}, { progress: 'json', quiet: true })).toBe('json');
  expect(progressMode({ isTTY: true }, {}, { progress: 'plain' })).toBe('plain');
});
