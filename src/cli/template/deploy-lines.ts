import path from 'node:path';
import { quoteArgument } from '../shared/quote-argument.ts';

/** What deploys the files of a folder, with nothing but the AWS CLI. */
export function deployLines(folder: string, bucket: string, stackName: string): readonly string[] {
  return [
    packageLine(folder, bucket),
    `aws cloudformation deploy --template-file ${packagedFile(folder)} --s3-bucket ${bucket} --stack-name ${stackName} --capabilities CAPABILITY_IAM`,
  ];
}

/** What publishes an application; `sam publish` makes a new version where there is an application already. */
export function publishLines(folder: string, bucket: string): readonly string[] {
  return [packageLine(folder, bucket), `sam publish --template ${packagedFile(folder)}`];
}

/** Puts the code, and the application's own files, into the bucket. */
function packageLine(folder: string, bucket: string): string {
  const template = quoteArgument(path.join(folder, 'template.json'));
  return `aws cloudformation package --template-file ${template} --s3-bucket ${bucket} --use-json --output-template-file ${packagedFile(folder)}`;
}

function packagedFile(folder: string): string {
  return quoteArgument(path.join(folder, 'packaged.json'));
}
