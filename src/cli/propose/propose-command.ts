import type { Command } from 'commander';
import { collectOption } from '../shared/collect-option.ts';
import { exitWith } from '../shared/exit-with.ts';
import { addTemplateOptions } from '../shared/project/add-template-options.ts';
import type { ProposeOptions } from './propose-options.ts';

/** Mounts `powerdial propose`; what it runs is loaded when it runs. */
export function addProposeCommand(program: Command): void {
  const command = program
    .command('propose')
    .summary('the recommendations of results as a diff of the project, or as a file of sizes')
    .description(
      'Prints what results of tune recommend as a unified diff of the template that the functions come from, and with --write makes the change. Only whole numbers that stand in the function itself are changed; what comes from elsewhere is named. --sizes writes a file that CDK, Terraform and serverless read instead.',
    )
    .argument('<result...>', 'result files of tune (.json)')
    .option(
      '--template <file>',
      'template.yaml (SAM, CloudFormation), serverless.yml, or a Terraform plan as JSON beside its .tf files',
    );
  addTemplateOptions(command)
    .option('--sizes [file]', 'a file of sizes in place of a diff (powerdial.sizes.json)')
    .option('--write', 'make the change')
    .option('--emulated', 'propose results, too, that were not measured on AWS')
    .option(
      '--include <verdicts>',
      'propose these, too: keep, inconclusive, or both with a comma between',
    )
    .option('--json', 'print what changes as JSON, and nothing else, on standard output')
    .option('-o, --out <file>', 'the text of the pull request: .md; repeatable', collectOption)
    .action(async (results: readonly string[], options: ProposeOptions) => {
      await exitWith(async (terminal) => {
        const { runPropose } = await import('./run-propose.ts');
        return runPropose(results, options, terminal);
      });
    });
}
