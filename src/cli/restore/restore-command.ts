import type { Command } from 'commander';
import { exitWith } from '../shared/exit-with.ts';
import type { RestoreOptions } from './restore-options.ts';

/** Mounts `powerdial restore`; what it runs is loaded when it runs. */
export function addRestoreCommand(program: Command): void {
  program
    .command('restore')
    .summary('put a function back that a run left changed')
    .description(
      'Puts a function back that a run left changed: its memory, timeout, log level and description as they were, the versions of the run deleted. Works from the function alone, and any number of times.',
    )
    .argument('<function>', 'name or ARN')
    .option('--json', 'print what was done as JSON, and nothing else, on standard output')
    .option('--region <region>', 'AWS region')
    .option('--profile <profile>', 'profile of the AWS configuration')
    .option('-y, --yes', 'do not ask, also where the run may still be at work')
    .action(async (functionName: string, options: RestoreOptions) => {
      await exitWith(async (terminal) => {
        const { runRestore } = await import('./run-restore.ts');
        return runRestore(functionName, options, terminal);
      });
    });
}
