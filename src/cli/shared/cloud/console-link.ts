/** Where each partition has its console; the region goes in front. */
const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/**
 * Returns the page of an execution in the AWS console; `null` in a partition whose console is not known here.
 */
export function consoleLink(executionArn: string): string | null {
  const [, partition = '', , region = ''] = executionArn.split(':');
  const host = CONSOLES[partition];
  return host === undefined
    ? null
    : `https://${region}.${host}/states/home?region=${region}#/v2/executions/details/${executionArn}`;
}
