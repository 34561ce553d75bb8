import { EXIT, type ExitCode } from './exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { Terminal } from './terminal.ts';

/** Runs a command's work and ends the process as it says; expected errors are told without a stack trace. */
export async function exitWith(work: (terminal: Terminal) => Promise<ExitCode>): Promise<void> {
  const terminal: Terminal = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
  };
  try {
    process.exitCode = await work(terminal);
  } catch (error) {
    process.exitCode = explain(error, terminal);
  }
}

/** Says why a command ends, on standard error; @returns its exit code */
export function explain(error: unknown, { stderr }: Pick<Terminal, 'stderr'>): ExitCode {
  if (error instanceof UsageError) {
    const [first = '', ...rest] = error.problems;
    stderr.write(
      rest.length === 0
        ? `powerdial: ${first}\n`
        : `powerdial: ${error.problems.length} problems\n${error.problems.map((each) => `  - ${each}\n`).join('')}`,
    );
    return EXIT.usage;
  }
  if (isExpected(error)) {
    stderr.write(`powerdial: ${error.name}: ${error.message}\n`);
    return EXIT.failed;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(
    `powerdial: an unexpected error, which is a bug; please report it with this text\n${trace}\n`,
  );
  return EXIT.failed;
}

/** Named errors of a run; told apart by their facts so that this file loads nothing. */
function isExpected(error: unknown): error is Error {
  return error instanceof Error && 'facts' in error;
}
