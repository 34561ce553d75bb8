import type { Command } from 'commander';
import { collectOption } from '../shared/collect-option.ts';
import { addHandlerOptions } from '../shared/handler/add-handler-options.ts';
import { exitWith } from '../shared/exit-with.ts';
import type { ServeOptions } from './serve-options.ts';

/** Mounts `powerdial serve`; what it runs is loaded when it runs. */
export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .summary('offer local and recorded functions to any AWS SDK or the AWS CLI')
    .description(
      'Offers functions of this machine behind the HTTP APIs of Lambda and Step Functions on loopback, for any AWS SDK or the AWS CLI. The first line on standard output is JSON: {"lambda", "stepFunctions", "stateMachineArn"}, with --logs also "logs". Ctrl-C ends it.',
    )
    .option(
      '--local <name=handler>',
      'a handler on this machine: app.mjs, app.py, app.mjs#export, src/app.handler, or a folder with a bootstrap; repeatable',
      collectOption,
    )
    .option(
      '--template <file>',
      'the functions of a project by their names in its template; repeatable',
      collectOption,
    )
    .option('--resource <name>', 'only this function of the template; repeatable', collectOption)
    .option(
      '--parameter <key=value>',
      'value of a parameter of the template (serverless.yml: of ${opt:key} and ${param:key}); repeatable',
      collectOption,
    )
    .option('--recorded <name=file>', 'a recorded function; repeatable', collectOption)
    .option(
      '--logs <name=file>',
      'a log file, .gz too, as the log group of a function: for FilterLogEvents, Logs Insights and powerdial history; repeatable',
      collectOption,
    )
    .option(
      '--current <memory/timeout>',
      'setting of the functions at the start (512MB/60s, or as their template says)',
    )
    .option(
      '--cpu <how>',
      'CPU share of local handlers: auto, cgroup-v1, cgroup-v2 or settle (auto)',
    );
  addHandlerOptions(command)
    .option('--port <port>', 'port of Lambda; Step Functions takes the next one (any two free)')
    .option('--region <region>', 'region of the functions (us-east-1)')
    .option('--profile <profile>', 'profile of --aws-credentials')
    .option('--seed <number>', 'the same seed, the same draws of recorded functions')
    .option('-q, --quiet', 'only the first line')
    .option('-v, --verbose', 'what local handlers print')
    .action(async (options: ServeOptions) => {
      await exitWith(async (terminal) => {
        const { runServe } = await import('./run-serve.ts');
        return runServe(options, terminal);
      });
    });
}
