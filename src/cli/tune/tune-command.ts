import type { Command } from 'commander';
import { exitWith } from '../shared/exit-with.ts';
import { addTuneOptions } from './add-tune-options.ts';
import type { TuneOptions } from './tune-options.ts';

/** Mounts `powerdial tune`; what it runs is loaded when it runs. */
export function addTuneCommand(program: Command): void {
  const command = program
    .command('tune')
    .summary('find the memory size and the timeout of one function by measuring it')
    .description(
      "Finds the memory size and the timeout of one function by measuring it: a function on AWS by name or ARN, a handler on this machine (--local), a function out of a project's template (--template), or a recorded function (--recorded).",
    )
    .argument(
      '[function...]',
      'name, ARN, or ARN with version or alias; several are tuned one after another',
    );
  addTuneOptions(command).action(async (functionNames: readonly string[], options: TuneOptions) => {
    await exitWith(async (terminal) => {
      const [functionName, ...others] = functionNames;
      if (others.length > 0) {
        const { tuneSeveral } = await import('./tune-several.ts');
        return tuneSeveral(functionNames, options, terminal);
      }
      const { runTune } = await import('./run-tune.ts');
      return runTune(functionName, options, terminal);
    });
  });
}
