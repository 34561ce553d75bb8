import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../terminal.ts';

/** Asks a yes-or-no question on standard error; no answer but `y` or `yes` means yes. */
export async function confirm(
  question: string,
  terminal: Pick<Terminal, 'stdin' | 'stderr'>,
  signal: AbortSignal,
): Promise<boolean> {
  const lines = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    lines.close();
  }
}
