import { Argument, type Command } from 'commander';
import { exitWith } from '../shared/exit-with.ts';
import { EXIT } from '../shared/exit-code.ts';
import { SHELLS, type Shell } from './shells.ts';

/** Mounts `powerdial completion <shell>`: a script of what this very command offers. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .summary('completion of commands and options for bash, zsh or fish')
    .description(
      'Prints a script that completes commands and options. bash: eval "$(powerdial completion bash)" in ~/.bashrc; zsh: the same with zsh in ~/.zshrc, after compinit; fish: powerdial completion fish > ~/.config/fish/completions/powerdial.fish.',
    )
    .addArgument(new Argument('<shell>', 'whose script it is').choices(SHELLS))
    .action(async (shell: Shell) => {
      await exitWith(async ({ stdout }) => {
        const { completionScript } = await import('./completion-script.ts');
        stdout.write(completionScript(program, shell));
        return EXIT.done;
      });
    });
}
