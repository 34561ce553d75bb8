import type { Command } from 'commander';
import { exitWith } from '../shared/exit-with.ts';
import { EXIT } from '../shared/exit-code.ts';

/** Mounts `powerdial help [topic]`, for commands and for what goes through all of them. */
export function addHelpCommand(program: Command): void {
  program.helpCommand(false);
  program
    .command('help')
    .summary('a command, or a topic: goals, timeouts, exit-codes, cost')
    .description('Shows the options of a command, or what there is to know about a topic.')
    .argument('[command or topic]', 'such as tune, or goals')
    .action(async (name: string | undefined) => {
      await exitWith(async ({ stdout }) => {
        const { helpText } = await import('./help-text.ts');
        stdout.write(helpText(program, name));
        return EXIT.done;
      });
    });
}
