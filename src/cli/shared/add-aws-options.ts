import type { Command } from 'commander';

/** Adds what says how AWS is reached. */
export function addAwsOptions(command: Command): Command {
  return command
    .option('--region <region>', 'AWS region')
    .option('--profile <profile>', 'profile of the AWS configuration');
}
