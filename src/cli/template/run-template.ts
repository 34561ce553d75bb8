import path from 'node:path';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { quoteArgument } from '../shared/quote-argument.ts';
import type { Terminal } from '../shared/terminal.ts';
import { listText } from '../../words/list.ts';
import { packStages, readSynthesized } from './built-parts.ts';
import { deployLines, publishLines } from './deploy-lines.ts';
import type { Deployment } from './deployment.ts';
import { fillTemplate, variantOf } from './fill-template.ts';
import { readDeployment } from './read-deployment.ts';
import { samApplication, samFiles } from './sam-application.ts';
import { TooManyPolicies } from './spread-policies.ts';
import type { Template } from './template.ts';
import type { TemplateOptions } from './template-options.ts';
import { writeFolder } from './write-folder.ts';

/** In the printed lines, where `--bucket` does not name one. */
const SOME_BUCKET = 'YOUR-BUCKET';

/**
 * `powerdial template`: writes a template and its code, and prints the lines that deploy them.
 *
 * @throws {UsageError} before anything is written
 */
export async function runTemplate(
  options: TemplateOptions,
  { stdout }: Pick<Terminal, 'stdout'>,
): Promise<ExitCode> {
  if (options.sam === true) refuseWhatParametersSet(options);
  const deployment = readDeployment(options);
  const { out } = options;
  if (out === undefined)
    throw new UsageError(['-o: wanted a folder for template.json, such as -o deploy/']);
  const bucket = options.bucket ?? SOME_BUCKET;
  if (options.sam === true) {
    const application = samApplication(readSynthesized('plain'), deployment);
    await writeFolder(out, application, [stages(), ...samFiles()]);
    stdout.write(applicationText(out, bucket));
  } else {
    await writeFolder(out, templateOf(deployment), [stages()]);
    stdout.write(deploymentText(out, bucket, deployment));
  }
  return EXIT.done;
}

function stages(): { readonly name: string; readonly content: Buffer } {
  return { name: 'stages.zip', content: packStages() };
}

function templateOf(deployment: Deployment): Template {
  try {
    return fillTemplate(readSynthesized(variantOf(deployment)), deployment);
  } catch (error) {
    if (!(error instanceof TooManyPolicies)) throw error;
    throw new UsageError([
      `--functions: wanted as many as the policies of one role can name, there are ${deployment.functions.length}; use patterns such as 'orders-*', or two tuners with a --name-prefix each`,
    ]);
  }
}

/** What the application has no parameter for. Everything but these is refused by its name. */
const WITH_SAM: ReadonlySet<string> = new Set<keyof TemplateOptions>([
  'sam',
  'out',
  'bucket',
  'check',
]);

function refuseWhatParametersSet(options: TemplateOptions): void {
  const problems = Object.entries(options).flatMap(([key, value]) => {
    if (WITH_SAM.has(key) || value === undefined) return [];
    const option = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return [
      `${option}: wanted without --sam; who deploys the application sets its parameters, and it has no others`,
    ];
  });
  if (problems.length > 0) throw new UsageError(problems);
}

function deploymentText(folder: string, bucket: string, deployment: Deployment): string {
  const { functions, namePrefix } = deployment;
  const [first = ''] = functions;
  const whose = functions.includes('*') ? 'every function of the account' : listText(functions);
  const target = /[*]/.test(first) ? '<function>' : quoteArgument(first);
  return `Wrote ${filesText(folder)}: a tuner for ${whose}.

${bucketText(bucket)}

${deployLines(folder, bucket, namePrefix).join('\n')}

Then: powerdial tune ${target}${namePrefix === 'powerdial' ? '' : ' --state-machine <the output StateMachineArn>'}
`;
}

function applicationText(folder: string, bucket: string): string {
  return `Wrote ${filesText(folder)}, with LICENSE.txt and README.md: an application for the Serverless Application Repository.

${bucketText(bucket)} Its policy must let serverlessrepo.amazonaws.com read it.

${publishLines(folder, bucket).join('\n')}
`;
}

function filesText(folder: string): string {
  return `${path.join(folder, 'template.json')} and ${path.join(folder, 'stages.zip')}`;
}

function bucketText(bucket: string): string {
  return bucket === SOME_BUCKET
    ? `The template is larger than CloudFormation takes without a bucket, and the code needs one: put the name of one in the tuner's own region in the place of ${SOME_BUCKET}.`
    : `The bucket ${bucket} must be in the region that the tuner is deployed to.`;
}
