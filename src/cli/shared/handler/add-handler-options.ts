import type { Command } from 'commander';
import { collectOption } from '../collect-option.ts';

/** Mounts what all commands that run handlers of this machine have in common. */
export function addHandlerOptions(command: Command): Command {
  return command
    .option(
      '--env <key=value>',
      'environment variable of the local handler; repeatable; its value is printed nowhere',
      collectOption,
    )
    .option(
      '--env-file <file>',
      'file of environment variables (KEY=VALUE lines); repeatable',
      collectOption,
    )
    .option(
      '--root <folder>',
      'what LAMBDA_TASK_ROOT and the working directory are (nearest folder with a package.json, of a template the code, for Python where the handler counts from)',
    )
    .option(
      '--python <path>',
      'the Python of a handler in Python, or a virtual environment (VIRTUAL_ENV, .venv, venv, python3)',
    )
    .option('--aws-credentials', 'give the local handler your AWS credentials (it sees none else)');
}
