import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, expect, test, vi } from 'vitest';
import { TunerStack } from '../../infra/tuner-stack.ts';
import { newApp } from './new-app.ts';
import { PATIENCE_MS } from './patience.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

const folder = mkdtempSync(path.join(tmpdir(), 'powerdial-synth-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The app's template, made here. */
function templateOf(context: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Template.fromStack(new TunerStack(newApp(context), 'powerdial')).toJSON();
}

/** Runs the app as `cdk synth -c …` does, with no credentials, no home and no network to ask. */
function synthesize(context: Readonly<Record<string, unknown>>) {
  const { status, stderr } = spawnSync(process.execPath, ['dist/infra/app.js'], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      HTTPS_PROXY: 'http://127.0.0.1:1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    encoding: 'utf8',
  });
  return { status, stderr };
}

test('without any context the app deploys a tuner that may touch no function', () => {
  const template = templateOf({});
  expect(Object.keys(template['Outputs'] as object)).toEqual([
    'StateMachineArn',
    'ResultsBucket',
    'CleanUpAlarm',
    'CheckStateMachineArn',
  ]);
  const text = JSON.stringify(template);
  expect(text).toContain('AWS::StepFunctions::StateMachine');
  expect(text).not.toContain('lambda:UpdateFunctionConfiguration');
});

test('the app may leave out the check', () => {
  for (const check of ['false', false]) {
    const template = templateOf({ check });
    expect(template['Outputs']).not.toHaveProperty('CheckStateMachineArn');
    expect(JSON.stringify(template)).not.toContain('powerdial:check');
  }
});

test('all functions and all queues have to be asked for', () => {
  expect(JSON.stringify(templateOf({ functions: '*', queues: '*' }))).toContain(':function:*:*');
});

test('everything can be set, and synthesis needs no credentials, no home and no network', () => {
  const { status, stderr } = synthesize({
    functions: 'orders, arn:aws:lambda:ap-south-1:123456789012:function:far',
    logGroups: ['shared-logs'],
    processors: 'before',
    payloadBuckets: 'order-events',
    queues: 'jobs,arn:aws:sqs:eu-west-1:123456789012:mails',
    namePrefix: 'team-a',
    architecture: 'x86_64',
    permissionsBoundary: 'boundary',
    rolePath: '/tools/',
    vpcId: 'vpc-0f1e2d3c4b5a69788',
    subnetIds: 'subnet-0f1e2d3c4b5a69781,subnet-0f1e2d3c4b5a69782',
    securityGroupIds: 'sg-0f1e2d3c4b5a69783',
    kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/7a9ad6f5-1111-2222-3333-444455556666',
    logRetentionDays: '7',
    resultsRetentionDays: 30,
    alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
  });
  // CDK's own validation of the template writes its objections there.
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const template = readFileSync(path.join(folder, 'team-a.template.json'), 'utf8');
  for (const text of [
    ':function:orders:*',
    'arn:aws:lambda:ap-south-1:123456789012:function:far:*',
    'log-group:shared-logs:*',
    ':function:before:*',
    ':s3:::order-events/*',
    ':jobs',
    'arn:aws:sqs:eu-west-1:123456789012:mails',
    '"StateMachineName": "team-a-',
    ':policy/boundary',
    '"Path": "/tools/"',
    'subnet-0f1e2d3c4b5a69782',
    'sg-0f1e2d3c4b5a69783',
    'key/7a9ad6f5-1111',
    '"RetentionInDays": 7',
    '"ExpirationInDays": 30',
    'arn:aws:sns:eu-west-1:123456789012:alarms',
  ]) {
    expect(template, text).toContain(text);
  }
  expect(template).toContain('"x86_64"');
  expect(template).not.toContain('arm64');
});

test('the app tells all wrong settings together, and makes nothing', () => {
  const { status, stderr } = synthesize({
    function: 'orders',
    vpcId: 'vpc-0f1e2d3c4b5a69788',
    logRetentionDays: 8,
    resultsRetentionDays: 'ninety',
    rolePath: 'tools',
    kmsKeyArn: 'alias/mine',
    namePrefix: 'team a',
    architecture: 'x86',
    functions: 'or:ders',
    check: 'maybe',
  });
  expect(status).toBe(2);
  expect(stderr.trim().split('\n')).toEqual([
    '-c function: did you mean functions?',
    '-c check: wanted true or false, it is "maybe"',
    '-c functions: wanted names or ARNs of functions, it is "or:ders"',
    '-c namePrefix: wanted a letter, then at most 39 letters, digits and dashes, it is "team a"',
    '-c architecture: wanted arm64 or x86_64, it is "x86"',
    '-c rolePath: wanted a path that begins and ends with a slash, it is "tools"',
    '-c kmsKeyArn: wanted an ARN, it is "alias/mine"',
    expect.stringMatching(/^-c logRetentionDays: wanted one of CloudWatch's periods .* it is 8$/),
    '-c resultsRetentionDays: wanted a whole number, it is "ninety"',
    '-c subnetIds: wanted both vpcId and subnetIds, only the other is there',
  ]);
});

test.each(['import', 'require'])('the package offers the construct to %s', (way) => {
  const load = way === 'import' ? "await import('powerdial/cdk')" : "require('powerdial/cdk')";
  const type = way === 'import' ? 'module' : 'commonjs';
  const program = `console.log(typeof (${load}).PowerTuner)`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [`--input-type=${type}`, '--no-warnings', '-e', program],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(stdout.trim()).toBe('function');
});
