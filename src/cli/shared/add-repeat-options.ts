import type { Command } from 'commander';

/** Adds what says how repeated payloads are meant. */
export function addRepeatOptions(command: Command): Command {
  return command
    .option('--vary-payload', 'fill {{uuid}} and {{index}} in the payload anew for each invocation')
    .option(
      '--allow-repeats',
      'repeated payloads are meant, though the function answers them faster than the first time',
    );
}
