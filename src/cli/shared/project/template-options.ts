import type { Command } from 'commander';
import { collectOption } from '../collect-option.ts';

/** The options of commands that take functions out of a project's template, as the command line gives them. */
export interface TemplateOptions {
  readonly resource?: string;
  /** `KEY=VALUE` each. */
  readonly parameter?: readonly string[];
  readonly region?: string;
}

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

/** Tells which of these options would do nothing without a template. */
export function idleTemplateOptions({
  resource,
  parameter,
}: {
  readonly resource?: string | readonly string[];
  readonly parameter?: readonly string[];
}): readonly string[] {
  return Object.entries({ '--resource': resource, '--parameter': parameter })
    .filter(([, value]) => value !== undefined)
    .map(([option]) => `${option}: wanted --template beside it, which it is about`);
}
