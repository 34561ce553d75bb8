import { expect, test } from 'vitest';
import { consoleLink } from '../../../../src/cli/shared/cloud/console-link.ts';

// Hosts from the AWS documentation: "Service endpoints" of the China and GovCloud consoles.
test.each([
  ['aws', 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com'],
  ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com'],
  ['aws-eusc', 'eusc-de-east-1', 'https://eusc-de-east-1.console.amazonaws-eusc.eu'],
])('an execution in the partition %s has a link into its console', (partition, region, host) => {
  const arn = `arn:${partition}:states:${region}:123456789012:execution:powerdial:run-1`;
  expect(consoleLink(arn)).toBe(
    `${host}/states/home?region=${region}#/v2/executions/details/${arn}`,
  );
});

test('a partition without a known console has no link', () => {
  expect(
    consoleLink('arn:aws-iso:states:us-iso-east-1:123456789012:execution:powerdial:run-1'),
  ).toBeNull();
});
