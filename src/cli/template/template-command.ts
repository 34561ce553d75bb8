import { Option, type Command } from 'commander';
import { exitWith } from '../shared/exit-with.ts';
import { oneOf } from '../shared/one-of.ts';
import type { TemplateOptions } from './template-options.ts';

/** Mounts `powerdial template`; what it runs is loaded when it runs. */
export function addTemplateCommand(program: Command): void {
  const command = program
    .command('template')
    .summary('write a CloudFormation template of the tuner, with its code')
    .description(
      'Writes a plain CloudFormation template of the tuner and the code of its stages beside it, and prints the lines that deploy them. Nothing is asked of AWS. The tuner is the one of the CDK construct, with the same permissions; it may touch the functions that are named here and no other.',
    )
    .option(
      '--functions <names>',
      'names or ARNs of the functions that may be tuned, separated by commas; orders-* is a pattern, * is all',
    )
    .option('-o, --out <folder>', 'where template.json and stages.zip are written')
    .option('--bucket <name>', 'bucket in the printed lines, for the code and the template')
    .option(
      '--name-prefix <prefix>',
      'what names begin with, and the name of the stack (powerdial)',
    )
    .option('--no-check', 'leave the workflow of powerdial check out')
    .option(
      '--log-groups <names>',
      'log groups of functions that log elsewhere than to /aws/lambda/<name>',
    )
    .option('--processors <names>', 'functions that runs may call around each invocation')
    .option('--payload-buckets <names>', 'buckets that payloads may be read from')
    .option('--queues <names>', 'names or ARNs of queues that trigger the functions, * for all')
    .addOption(
      oneOf(
        new Option(
          '--architecture <name>',
          "of the stages' own functions: arm64 or x86_64 (arm64)",
        ),
        ['arm64', 'x86_64'],
      ),
    );
  addPlaceOptions(command).action(async (options: TemplateOptions) => {
    await exitWith(async (terminal) => {
      const { runTemplate } = await import('./run-template.ts');
      return runTemplate(options, terminal);
    });
  });
}

/** What an account asks of everything that is deployed in it. */
function addPlaceOptions(command: Command): Command {
  return command
    .option('--permissions-boundary <policy>', 'name or ARN of a managed policy for every role')
    .option('--role-path <path>', 'path of every role, such as /tools/')
    .option('--vpc-id <id>', 'VPC that the stages run in; with --subnet-ids')
    .option('--subnet-ids <ids>', 'subnets of that VPC, separated by commas')
    .option('--security-group-ids <ids>', 'security groups of the stages (a new one)')
    .option('--kms-key-arn <arn>', 'key for everything that is stored')
    .option('--log-retention-days <days>', 'how long logs are kept (30)')
    .option('--results-retention-days <days>', 'how long results are kept (90)')
    .option(
      '--alarm-topic-arn <arn>',
      'SNS topic that is told when a function could not be put back',
    )
    .option(
      '--sam',
      'write an application for the Serverless Application Repository: with parameters in place of --functions',
    );
}
