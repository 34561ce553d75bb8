import type { Command } from 'commander';
import { addAwsOptions } from '../shared/add-aws-options.ts';
import { addRepeatOptions } from '../shared/add-repeat-options.ts';
import { collectOption } from '../shared/collect-option.ts';
import { addHandlerOptions } from '../shared/handler/add-handler-options.ts';
import { takeOnlyOnce } from '../shared/take-only-once.ts';
import { addDisplayOptions } from '../shared/progress/add-display-options.ts';
import { addTemplateOptions } from '../shared/project/add-template-options.ts';

/** Adds the options of `powerdial tune`, in the order in which its help lists them. */
export function addTuneOptions(command: Command): Command {
  const withTarget = addTemplateOptions(addHandlerOptions(addTargetOptions(command)));
  return addEndingOptions(addMeasureOptions(addAnswerOptions(addInputOptions(withTarget))));
}

/** Says what is tuned and where its workflow runs. */
function addTargetOptions(command: Command): Command {
  return command
    .option(
      '--local <handler>',
      'a handler on this machine: app.mjs, app.py, app.mjs#export, src/app.handler, or a folder with a bootstrap',
      takeOnlyOnce,
    )
    .option(
      '--template <file>',
      'a function of a project, run on this machine: template.yaml (SAM, CloudFormation), cdk.out/*.template.json, serverless.yml, or a Terraform plan as JSON',
      takeOnlyOnce,
    )
    .option('--recorded <file>', 'a recorded function, replayed in milliseconds', takeOnlyOnce)
    .option('--embedded', 'play the workflow here, with your credentials and nothing deployed')
    .option('--state-machine <arn>', 'the deployed workflow, where there are several')
    .option('--attach <execution-arn>', 'follow a run that was started before')
    .option(
      '--current <memory/timeout>',
      'setting of a local or recorded function before tuning (512MB/60s, or as its template says)',
    )
    .option(
      '--cpu <how>',
      'CPU share of local handlers: auto, cgroup-v1, cgroup-v2 or settle (auto)',
    );
}

/** Says what the function is given, and what stands around each invocation. */
function addInputOptions(command: Command): Command {
  const withInput = command
    .option(
      '--input <file>',
      "an execution's input as JSON, ours or aws-lambda-power-tuning's; options go before it",
    )
    .option(
      '--config <file>',
      'configuration whose tune says what no option does (powerdial.config.json in the working directory)',
    )
    .option(
      '-p, --payload <file|json>',
      'payload, or s3://bucket/key; repeatable, with a weight as weight=path',
      collectOption,
    )
    .option('--pre-processor <function>', 'a function called before each invocation')
    .option('--post-processor <function>', 'a function called after each invocation')
    .option('--pause <duration>', 'pause after each invocation, such as 500ms');
  return addRepeatOptions(withInput);
}

/** Says which sizes may be the answer and what is wanted of it. */
function addAnswerOptions(command: Command): Command {
  return command
    .option('-m, --memory <sizes>', 'sizes in MB such as 128,512,1024, or all, or auto')
    .option(
      '--allow-small',
      'try listed sizes below what the function uses, also where something calls $LATEST',
    )
    .option('-n, --invocations <count>', 'invocations for each size, or auto')
    .option('-g, --goal <goal>', 'best-value, cheapest, fastest or balanced')
    .option('--weight <0-1>', 'balanced: 1 looks at cost alone, 0 at duration alone')
    .option(
      '--tolerance <share>',
      'best-value: how much more than the cheapest it may cost, such as 5%',
    )
    .option('--max-duration <limit>', 'limit such as p95=800ms; repeatable', collectOption)
    .option('--max-cost <usd>', 'limit in USD per million invocations');
}

/** Says how much is measured and what is known of the traffic. */
function addMeasureOptions(command: Command): Command {
  return command
    .option('--max-usd <usd>', 'stop the run before it spends more')
    .option('--concurrency <count>', 'invocations under way at once')
    .option('--cold-starts <count>', 'cold starts to measure for each size')
    .option('--only-cold-starts', 'measure the cold starts of --cold-starts and nothing else')
    .option('--cold-share <share>', 'share of cold starts at your traffic, such as 1%')
    .option('--measure-timeout <seconds>', 'timeout of the versions that are measured')
    .option('--invocations-per-month <count>', 'your traffic, for monthly figures')
    .option('--rate <per-second>', 'invocations a second at your busiest time, for concurrency')
    .option('--history <days>', 'read what production logs of so many days say, such as 14d')
    .option('--no-history', 'do not read production logs')
    .option(
      '--ignore-error <type>',
      'error type that is an outcome, not a failure; repeatable',
      collectOption,
    );
}

/** Says what becomes of the answer and what is printed meanwhile. */
function addEndingOptions(command: Command): Command {
  const withOutputs = command
    .option('--apply', 'give $LATEST the recommended memory')
    .option('--apply-alias <alias>', 'also publish it and point the alias at it')
    .option('--apply-timeout', 'apply the recommended timeout too')
    .option('--seed <number>', 'the same seed, the same schedule')
    .option('--json', 'print the result as JSON, and nothing else, on standard output')
    .option(
      '-o, --out <file>',
      'write the result to a file: .json, .md, .html, .csv, .svg; {function} is its name; repeatable',
      collectOption,
    )
    .option('--title <text>', 'heading of the page (.html), in place of the name of the function');
  const withQuestion = addAwsOptions(withOutputs)
    .option('--dry-run', 'settle the input and print the plan, change nothing')
    .option('-y, --yes', 'do not ask');
  return addDisplayOptions(withQuestion).option(
    '-v, --verbose',
    'more progress, and what a local handler prints',
  );
}
