import type { Command } from 'commander';
import { collectOption } from '../collect-option.ts';

/** Mounts what says which function of a template is meant, and what only a deployment knows of it. */
export function addTemplateOptions(command: Command): Command {
  return command
    .option('--resource <name>', 'the function in the template, where it has several')
    .option(
      '--parameter <key=value>',
      'value of a parameter of the template (serverless.yml: of ${opt:key} and ${param:key}); repeatable',
      collectOption,
    );
}
