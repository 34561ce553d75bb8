import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.ts';

export type Answer = 'yes' | 'no' | 'interrupted';

/**
 * Asks a yes-or-no question on standard error. No answer but `y` or `yes` means yes; Ctrl-C, Ctrl-D and
 * the signal are no answer.
 */
export async function ask(
  question: string,
  terminal: Pick<Terminal, 'stdin' | 'stderr'>,
  signal: AbortSignal,
): Promise<Answer> {
  const lines = createInterface({ input: terminal.stdin, output: terminal.stderr });
  const given = new AbortController();
  const limit = AbortSignal.any([signal, given.signal]);
  // A terminal in line editing sends Ctrl-C as a key and not as a signal.
  const giveUp = (): void => given.abort();
  lines.once('SIGINT', giveUp).once('close', giveUp);
  try {
    const text = await lines.question(`${question} [y/N] `, { signal: limit });
    return /^y(es)?$/i.test(text.trim()) ? 'yes' : 'no';
  } catch (error) {
    if (!limit.aborted) throw error;
    terminal.stderr.write('\n');
    return 'interrupted';
  } finally {
    lines.off('close', giveUp);
    lines.close();
  }
}
