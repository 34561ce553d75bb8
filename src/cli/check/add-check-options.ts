import type { Command } from 'commander';
import { addAwsOptions } from '../shared/add-aws-options.ts';
import { addRepeatOptions } from '../shared/add-repeat-options.ts';
import { addDisplayOptions } from '../shared/progress/add-display-options.ts';
import { collectOption } from '../shared/collect-option.ts';
import { addHandlerOptions } from '../shared/handler/add-handler-options.ts';
import { addTemplateOptions } from '../shared/project/add-template-options.ts';

/** Adds the options of `powerdial check`, in the order in which its help lists them. */
export function addCheckOptions(command: Command): Command {
  const withSides = addTemplateOptions(addHandlerOptions(addSideOptions(command)));
  return addEndingOptions(addMeasureOptions(withSides));
}

/** Says what is compared with what, and what both are given. */
function addSideOptions(command: Command): Command {
  const withSides = command
    .option('--base <version|file>', 'version or alias, or a baseline file (*.json)')
    .option('--head <version>', 'version or alias to be judged ($LATEST)')
    .option(
      '--local <handler>',
      'handlers on this machine: the first is the base, the second the head, one alone the head',
      collectOption,
    )
    .option(
      '--template <file>',
      'a function of a project on this machine: the first template is the base, the second the head, one alone the head',
      collectOption,
    )
    .option('--config <file>', 'configuration (powerdial.config.json in the working directory)')
    .option(
      '-p, --payload <file|json>',
      'payload; repeatable, with a weight as weight=path',
      collectOption,
    );
  return addRepeatOptions(withSides)
    .option(
      '--invocations-per-month <count>',
      'your traffic, which shares the price of provisioned concurrency',
    )
    .option(
      '-m, --memory <mb>',
      'memory of local handlers in MB (1024, or as the template of the head says)',
    )
    .option(
      '--cpu <how>',
      'CPU share of local handlers: auto, cgroup-v1, cgroup-v2 or settle (auto)',
    );
}

/** Says how much is measured and what fails the check. */
function addMeasureOptions(command: Command): Command {
  return command
    .option(
      '--max-invocations <count>',
      'most invocations for each function, both sides together (400)',
    )
    .option('--false-alarm-rate <share>', 'chance that a check of unchanged code fails (0.01)')
    .option('--concurrency <count>', 'most environments of each side invoked at once (32)')
    .option('--max-usd <usd>', 'most that measuring one function may cost (1)')
    .option('--save-baseline <file>', 'write the head as a baseline for later checks')
    .option('--require-baseline', 'exit 3 where the baseline file is missing')
    .option('--ignore-error <type>', 'error type that is no failure; repeatable', collectOption)
    .option('--confirm', 'measure what regressed once more before failing')
    .option('--fail-on-inconclusive', 'exit 4 where the verdict is inconclusive')
    .option('--seed <number>', 'the same seed, the same schedule');
}

/** Says where the check runs and what becomes of its result. */
function addEndingOptions(command: Command): Command {
  const withOutputs = command
    .option('--json', 'print the result as JSON, and nothing else, on standard output')
    .option(
      '-o, --out <file>',
      'write the result to a file: .json, .md, .html, .xml (JUnit); repeatable',
      collectOption,
    )
    .option('--title <text>', 'heading of the page (.html)');
  const withQuestion = addAwsOptions(withOutputs)
    .option('--state-machine <arn>', 'the deployed workflow of checks (found by its tag)')
    .option('--embedded', 'play the check here, with your credentials')
    .option('--dry-run', 'print what would be measured, invoke nothing')
    .option('-y, --yes', 'do not ask');
  return addDisplayOptions(withQuestion).option('-v, --verbose', 'what local handlers print');
}
