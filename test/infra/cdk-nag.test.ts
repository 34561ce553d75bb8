import { Stack, Validations } from 'aws-cdk-lib';
import { Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { expect, test, vi } from 'vitest';
import { PerformanceCheck, type PerformanceCheckProps } from '../../infra/performance-check.ts';
import { PowerTuner } from '../../infra/power-tuner.ts';
import type { PowerTunerProps } from '../../infra/power-tuner-props.ts';
import { newApp } from './new-app.ts';
import { PATIENCE_MS } from './patience.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

function objections(propsOf: (stack: Stack) => PowerTunerProps): readonly string[] {
  const stack = new Stack(newApp(), 'Test');
  const tuner = new PowerTuner(stack, 'Tuner', propsOf(stack));
  const { violations } = new AwsSolutionsChecks().validateScope(tuner);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath ?? ''}`),
  );
}

test.each<[string, (stack: Stack) => PowerTunerProps]>([
  ['no functions', () => ({})],
  ['all functions', () => ({ allowAllFunctions: true })],
  [
    'everything that can be set',
    (stack) => ({
      functions: [
        LambdaFunction.fromFunctionName(stack, 'Orders', 'orders-*'),
        LambdaFunction.fromFunctionArn(
          stack,
          'Far',
          'arn:aws:lambda:ap-south-1:123456789012:function:far',
        ),
      ],
      processors: [LambdaFunction.fromFunctionName(stack, 'Before', 'before')],
      payloadBuckets: [Bucket.fromBucketName(stack, 'Payloads', 'events')],
      queues: [Queue.fromQueueArn(stack, 'Jobs', 'arn:aws:sqs:eu-west-1:123456789012:*')],
      encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
      vpc: new Vpc(stack, 'Vpc') as IVpc,
    }),
  ],
])('cdk-nag has no objection to a tuner: %s', (_what, propsOf) => {
  expect(objections(propsOf)).toEqual([]);
});

test.each<[string, (stack: Stack) => PerformanceCheckProps]>([
  ['no functions', () => ({})],
  [
    'everything that can be set',
    (stack) => ({
      allowAllFunctions: true,
      functions: [LambdaFunction.fromFunctionName(stack, 'Orders', 'orders-*')],
      encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
      vpc: new Vpc(stack, 'Vpc') as IVpc,
    }),
  ],
])('cdk-nag has no objection to a check: %s', (_what, propsOf) => {
  const stack = new Stack(newApp(), 'Test');
  const check = new PerformanceCheck(stack, 'Check', propsOf(stack));
  expect(new AwsSolutionsChecks().validateScope(check).violations).toEqual([]);
});

test('everything that cdk-nag would object to is accepted with a reason', () => {
  const stack = new Stack(newApp(), 'Test');
  const reasons = listAcknowledged(new PowerTuner(stack, 'Tuner', { allowAllFunctions: true }));
  expect(reasons.length).toBeGreaterThan(10);
  for (const [rule, reason] of reasons) {
    expect(reason.split(' ').length, rule).toBeGreaterThan(5);
  }
});

test('cdk-nag objects where nothing is accepted: the check is not blind', () => {
  const stack = new Stack(newApp(), 'Test');
  new Bucket(stack, 'Open');
  const { violations } = new AwsSolutionsChecks().validateScope(stack);
  expect(violations.map(({ ruleName }) => ruleName)).toContain('AwsSolutions-S1');
});

function listAcknowledged(scope: IConstruct): readonly (readonly [string, string])[] {
  return scope.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Record<string, string>)),
    );
}
