import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { expect, test } from 'vitest';

const definition = readFileSync('state-machine/tune.asl.json', 'utf8');

/** As CloudFormation deploys it. */
function deployed(partition: string): unknown {
  return JSON.parse(
    definition.replaceAll(
      /\$\{(\w+)FunctionArn\}/g,
      `arn:${partition}:lambda:eu-west-1:123456789012:function:powerdial-$1`,
    ),
  );
}

test.each(['aws', 'aws-cn', 'aws-us-gov'])(
  'asl-validator accepts the definition in %s',
  (partition) => {
    const { isValid, errors } = validate(deployed(partition));
    expect(errors).toEqual([]);
    expect(isValid).toBe(true);
  },
);

test('it refuses a state that leads nowhere: the check is not blind', () => {
  const text = JSON.stringify(deployed('aws')).replaceAll('"Next":"Plan"', '"Next":"Plann"');
  expect(validate(JSON.parse(text)).isValid).toBe(false);
});
