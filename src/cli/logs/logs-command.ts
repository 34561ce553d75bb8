import { type Command, Option } from 'commander';
import { oneOf } from '../shared/one-of.ts';
import { ARCHITECTURES } from '../../contract/shared/function-configuration.ts';
import { exitWith } from '../shared/exit-with.ts';
import type { LogsOptions } from './logs-options.ts';

/** Adds `powerdial logs`; what it needs is loaded when it runs, so that others start faster. */
export function addLogsCommand(program: Command): void {
  program
    .command('logs')
    .description('summarise platform logs (REPORT lines) for each memory size')
    .argument('[file...]', 'log files, .gz too; none, or -, reads standard input')
    .option(
      '--function <name>',
      'read the reports of a function in CloudWatch Logs instead of files',
    )
    .option('--since <time>', 'with --function: how far back, 14d, 6h, 30m, or a date (1d)')
    .option('--profile <name>', 'with --function: profile of the credentials')
    .option('--json', 'print one observation a line instead')
    .option('--region <name>', 'region of the prices (default: AWS_REGION, or us-east-1)')
    .addOption(
      oneOf(
        new Option('--architecture <name>', 'architecture of the prices'),
        ARCHITECTURES,
      ).default('x86_64'),
    )
    .option('--no-color', 'print without colours')
    .option('--quiet', 'print the numbers without the notes below them')
    .addHelpText(
      'after',
      `
Text and JSON logs are understood, as Lambda writes them and as CloudWatch exports them.

Examples:
  aws logs tail /aws/lambda/my-fn --since 1d | powerdial logs
  powerdial logs --function orders --since 1d
  powerdial logs exported/*.gz --region eu-west-1 --architecture arm64
  powerdial logs --json app.log | jq 'select(.cold)'`,
    )
    .action(async (files: readonly string[], options: LogsOptions) => {
      const { logsCommand } = await import('./run-logs.ts');
      await exitWith((terminal) => logsCommand(files, options, terminal));
    });
}
