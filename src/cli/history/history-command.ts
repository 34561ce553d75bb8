import { type Command, Option } from 'commander';
import { progressOption } from '../shared/progress/progress-option.ts';
import { oneOf } from '../shared/one-of.ts';
import { collectOption } from '../shared/collect-option.ts';
import { exitWith } from '../shared/exit-with.ts';
import type { HistoryOptions } from './history-options.ts';

/** Mounts `powerdial history`; what it needs is loaded when it runs. */
export function addHistoryCommand(program: Command): void {
  program
    .command('history')
    .summary('say what production logs already say; invokes nothing')
    .description(
      'Says what the logs of functions already say: durations, memory, cold starts, failures, cost, the timeout that their tail needs, and what less memory could save at most. Invokes nothing and changes nothing; Logs Insights charges for what it scans, which is told first.',
    )
    .argument('[function...]', 'names or ARNs')
    .option('--since <time>', 'how far back: 14d, 6h, 30m, or a date', '14d')
    .option('--until <time>', 'the end of the window, likewise (now)')
    .option('--all', 'all functions of the region')
    .option('--tag <key=value>', 'of all functions, those with this tag; repeatable', collectOption)
    .option('--name <pattern>', "of all functions, those of such a name: 'orders-*'")
    .option('--max-usd <amount>', 'the most that Logs Insights may cost', '0.50')
    .addOption(
      oneOf(
        new Option(
          '--by <how>',
          'insights counts on the server, at a price; events reads every report',
        ),
        ['insights', 'events'],
      ).default('insights'),
    )
    .option('--against-result <file>', 'a result of tune: what it promised against what was seen')
    .option('--json', 'print the answer as JSON')
    .option(
      '-o, --out <file>',
      'write it to a file: .json, .md, .html or .csv; repeatable',
      collectOption,
    )
    .option('--region <name>', 'region of the functions')
    .option('--profile <name>', 'profile of the credentials')
    .option('--no-color', 'print without colours')
    .addOption(progressOption())
    .option('-q, --quiet', 'print the answer alone')
    .option('--verbose', 'print each query, to be pasted into the console')
    .addHelpText(
      'after',
      `
Examples:
  powerdial history orders
  powerdial history --name 'orders-*' --since 7d -o ranking.html
  powerdial history --all --max-usd 2 --json`,
    )
    .action(async (functions: readonly string[], options: HistoryOptions) => {
      const { runHistory } = await import('./run-history.ts');
      await exitWith((terminal) => runHistory(functions, options, terminal));
    });
}
