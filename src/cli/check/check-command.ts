import type { Command } from 'commander';
import { addCheckOptions } from './add-check-options.ts';
import type { CheckOptions } from './check-options.ts';
import { exitWith } from '../shared/exit-with.ts';

/** Mounts `powerdial check`; what it runs is loaded when it runs. */
export function addCheckCommand(program: Command): void {
  const command = program
    .command('check')
    .summary('the CI performance check: measure, judge, exit 1 on a regression or broken budget')
    .description(
      'Measures two versions of a function side by side, or one against a stored baseline or budgets, and exits 1 on a regression or a broken budget. Rules and functions come from powerdial.config.json; without rules, duration.p50 and cost may not regress by more than 5 %, and no more invocations may fail than of the base. It invokes and reads; it never changes a function.',
    )
    .argument('[function]', 'name or ARN, in place of the functions of the configuration');
  addCheckOptions(command).action(
    async (functionName: string | undefined, options: CheckOptions) => {
      await exitWith(async (terminal) => {
        const { runCheck } = await import('./run-check.ts');
        return runCheck(functionName, options, terminal);
      });
    },
  );
}
