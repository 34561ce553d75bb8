import type { Command } from 'commander';
import type { CompareOptions } from './check-options.ts';
import { collectOption } from '../shared/collect-option.ts';
import { exitWith } from '../shared/exit-with.ts';

/** Mounts `powerdial compare`; what it runs is loaded when it runs. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .summary('judge two result files as check does, without measuring')
    .description(
      'Judges the observations of two result files, of check or of tune, by the rules of powerdial.config.json. Their runs were at different times, so a drift between them is allowed for.',
    )
    .argument('<base>', 'result or baseline file (.json)')
    .argument('<head>', 'result file (.json)')
    .option('--config <file>', 'configuration (powerdial.config.json in the working directory)')
    .option(
      '-m, --memory <mb>',
      'the size to compare in results of tune (the one that both measured)',
    )
    .option(
      '--invocations-per-month <count>',
      'your traffic, which shares the price of provisioned concurrency',
    )
    .option('--renamed', 'the two files hold one function under two names')
    .option('--false-alarm-rate <share>', 'chance that unchanged code fails (0.01)')
    .option('--fail-on-inconclusive', 'exit 4 where the verdict is inconclusive')
    .option('--json', 'print the result as JSON, and nothing else, on standard output')
    .option(
      '-o, --out <file>',
      'write the result to a file: .json, .md, .html, .xml (JUnit); repeatable',
      collectOption,
    )
    .option('--title <text>', 'heading of the page (.html)')
    .option('--no-color', 'no colours')
    .action(async (base: string, head: string, options: CompareOptions) => {
      await exitWith(async (terminal) => {
        const { runCompare } = await import('./run-compare.ts');
        return runCompare(base, head, options, terminal);
      });
    });
}
