import type { Command } from 'commander';
import { progressOption } from './progress-option.ts';

/** Adds what says how much of a run is shown while it is under way, and how. */
export function addDisplayOptions(command: Command): Command {
  return command
    .addOption(progressOption())
    .option('--no-color', 'no colours')
    .option('-q, --quiet', 'no progress');
}
