import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { expect, test } from 'vitest';

const KINDS = ['tune', 'check'] as const;
/** asl-validator knows no `aws-eusc` yet: its pattern of ARNs refuses that partition. */
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;

/** As CloudFormation deploys it. */
function readDeployed(kind: (typeof KINDS)[number], partition: string): unknown {
  return JSON.parse(
    readFileSync(`state-machine/${kind}.asl.json`, 'utf8').replaceAll(
      /\$\{(\w+)FunctionArn\}/g,
      `arn:${partition}:lambda:eu-west-1:123456789012:function:powerdial-$1`,
    ),
  );
}

test.each(KINDS.flatMap((kind) => PARTITIONS.map((partition) => [kind, partition] as const)))(
  'asl-validator accepts the definition of %s in %s',
  (kind, partition) => {
    const { isValid, errors } = validate(readDeployed(kind, partition));
    expect(errors).toEqual([]);
    expect(isValid).toBe(true);
  },
);

test('asl-validator refuses a state that leads nowhere: the check is not blind', () => {
  const text = JSON.stringify(readDeployed('tune', 'aws')).replaceAll(
    '"Next":"Plan"',
    '"Next":"Plann"',
  );
  expect(validate(JSON.parse(text)).isValid).toBe(false);
});
