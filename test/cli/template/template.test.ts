import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { Template as Synthesized } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTEXT_KEYS } from '../../../infra/app-context.ts';
import type { PowerTunerProps } from '../../../infra/power-tuner-props.ts';
import { TunerStack } from '../../../infra/tuner-stack.ts';
import { packStages, readSynthesized } from '../../../src/cli/template/built-parts.ts';
import { VARIANTS } from '../../../src/cli/template/placeholders.ts';
import { runTemplate } from '../../../src/cli/template/run-template.ts';
import { addTemplateCommand } from '../../../src/cli/template/template-command.ts';
import type { TemplateOptions } from '../../../src/cli/template/template-options.ts';
import { LOG_RETENTION_DAYS } from '../../../src/contract/shared/log-retention.ts';
import { newApp } from '../../infra/new-app.ts';
import { resolveReferences, type Resources } from '../../infra/resolve-references.ts';
import { HERE } from '../../infra/synthesized.ts';

const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8')) as {
  readonly context: Readonly<Record<string, unknown>>;
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'powerdial-template-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Written {
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, unknown>>;
  readonly [section: string]: unknown;
}

/** Runs the command here; the template that it wrote, and what it printed. */
async function write(options: TemplateOptions): Promise<{ template: Written; printed: string }> {
  const out =
    options.out ?? path.join(folder, `at-${Object.keys(options).join('-')}`.slice(0, 100));
  const stdout = new PassThrough();
  await runTemplate({ ...options, out }, { stdout: stdout as unknown as NodeJS.WriteStream });
  const template = JSON.parse(readFileSync(path.join(out, 'template.json'), 'utf8')) as Written;
  return { template, printed: String(stdout.read()) };
}

/** What `cdk deploy -c …` would deploy. */
function construct(context: Readonly<Record<string, unknown>>): Written {
  const app = newApp({ ...flags, ...context });
  const { namePrefix: name = 'powerdial' } = context as { readonly namePrefix?: string };
  return Synthesized.fromStack(new TunerStack(app, name)).toJSON() as unknown as Written;
}

/** The resources without their policies, references replaced and code left out, in an order of their own. */
function resourcesOf({ Resources: resources }: Written): readonly string[] {
  return Object.values(resources)
    .filter(({ Type }) => !/^AWS::IAM::(Managed)?Policy$/.test(Type))
    .map((resource) => {
      const { Code: _, ...Properties } = resource.Properties ?? {};
      return JSON.stringify(
        sortStatements(resolveReferences({ ...resource, Properties }, resources, HERE)),
      );
    })
    .sort();
}

/** Every action that a role may do on a resource, and under which condition. */
function grantsOf({ Resources: resources }: Written): readonly string[] {
  const grants = Object.values(resources)
    .filter(({ Type }) => /^AWS::IAM::(Managed)?Policy$/.test(Type))
    .map(({ Properties }) => resolveReferences(Properties, resources, HERE))
    .flatMap((properties) => {
      const { PolicyDocument: document, Roles: roles } = properties as {
        readonly PolicyDocument: { readonly Statement: readonly Record<string, unknown>[] };
        readonly Roles: readonly string[];
      };
      return document.Statement.flatMap((statement) =>
        listOf(statement['Action']).flatMap((action) =>
          listOf(statement['Resource']).map((resource) =>
            [
              roles,
              statement['Effect'],
              action,
              resource,
              JSON.stringify(statement['Condition']),
            ].join(' '),
          ),
        ),
      );
    });
  return [...new Set(grants)].sort();
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

/**
 * Keys in the order of the alphabet; without the identifiers of statements, which hold the name of a stack and
 * grant nothing, and without how many more policies a function waits for.
 */
function sortStatements(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((each) => !/Overflow/.test(String(each))).map(sortStatements);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'Sid')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortStatements(inner)]),
  );
}

const MANY = Array.from({ length: 70 }, (_, index) => `orders-of-region-number-${index}`).join(',');

const DEPLOYMENTS: readonly (readonly [string, TemplateOptions])[] = [
  ['two functions', { functions: 'orders,invoices' }],
  ['all functions and queues, without the check', { functions: '*', queues: '*', check: false }],
  ['more functions than one policy holds', { functions: MANY, logGroups: 'shared' }],
  [
    'everything that can be set',
    {
      functions: 'orders-*,arn:aws:lambda:ap-south-1:123456789012:function:far:live',
      logGroups: 'shared-logs',
      processors: 'before,arn:aws:lambda:eu-west-1:123456789012:function:after',
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
      resultsRetentionDays: '30',
      alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
    },
  ],
  [
    'a VPC with a new security group, and a boundary by its ARN',
    {
      functions: 'orders',
      vpcId: 'vpc-0f1e2d3c4b5a69788',
      subnetIds: 'subnet-0f1e2d3c4b5a69781',
      permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    },
  ],
  ['a key', { functions: 'orders', kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/7a9ad6f5' }],
];

test.each(DEPLOYMENTS)(
  'powerdial template writes what the construct synthesizes, statement by statement: %s',
  async (_, options) => {
    const { template } = await write(options);
    const wanted = construct(options as Readonly<Record<string, unknown>>);
    expect(grantsOf(template)).toEqual(grantsOf(wanted));
    expect(resourcesOf(template)).toEqual(resourcesOf(wanted));
    expect(Object.keys(template.Outputs)).toEqual(Object.keys(wanted.Outputs));
    expect(JSON.stringify(template)).not.toMatch(/cdk|placeholder|111122223333|BootstrapVersion/i);
    expect(template).not.toHaveProperty('Parameters');
  },
);

test('a stack of CDK and one of the template know their resources by the same logical ids', async () => {
  const { template } = await write({ functions: 'orders' });
  const ids = Object.keys(construct({ functions: 'orders' }).Resources);
  expect(Object.keys(template.Resources)).toEqual(ids);
});

test('docs/deploy.md says what deploying each type of resource takes', () => {
  const text = readFileSync('docs/deploy.md', 'utf8');
  const types = VARIANTS.flatMap((variant) =>
    Object.values(readSynthesized(variant).Resources).map(({ Type }) => Type),
  );
  const missing = [...new Set(types)].filter((type) => !text.includes(`| \`${type}\``));
  expect(missing).toEqual([]);
});

test("powerdial template keeps the policies of many functions within IAM's size limits", async () => {
  const { template } = await write({ functions: MANY });
  const policies = Object.values(template.Resources).filter(({ Type }) => /Policy$/.test(Type));
  for (const { Type, Properties } of policies) {
    const document = resolveReferences(Properties?.['PolicyDocument'], template.Resources, HERE);
    const most = Type === 'AWS::IAM::ManagedPolicy' ? 6_144 : 10_240;
    expect(JSON.stringify(document).length).toBeLessThan(most);
  }
  expect(policies.some(({ Type }) => Type === 'AWS::IAM::ManagedPolicy')).toBe(true);
  const { DependsOn: waitsFor } = template.Resources['TunerInspectFunctionDCFF2F99'] as unknown as {
    readonly DependsOn: readonly string[];
  };
  expect(waitsFor.filter((id) => id.includes('Overflow')).length).toBeGreaterThan(0);
});

test('the application of the Serverless Application Repository grants for its parameter what a template grants', async () => {
  const { template: application } = await write({ sam: true });
  const { template } = await write({ functions: 'orders,billing-*,mails' });
  const values: Readonly<Record<string, unknown>> = {
    Functions: 'orders,billing-*,mails',
    NamePrefix: 'powerdial',
    Architecture: 'arm64',
    LogRetentionDays: 30,
    ResultsRetentionDays: 90,
  };
  expect(Object.keys(application['Parameters'] as object)).toEqual(Object.keys(values));
  const given = {
    ...application,
    Resources: withValues(application.Resources, values) as Resources,
  };
  expect(grantsOf(given)).toEqual(grantsOf(template));
  expect(resourcesOf(given)).toEqual(resourcesOf(template));
});

/** The template with the values of its parameters in their places. */
function withValues(value: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') {
    return Object.entries(values).reduce(
      (text, [name, given]) => text.replaceAll(`\${${name}}`, String(given)),
      value,
    );
  }
  if (Array.isArray(value)) return value.map((each) => withValues(each, values));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: name, 'Fn::Sub': text } = value as {
    readonly Ref?: string;
    readonly 'Fn::Sub'?: unknown;
  };
  if (name !== undefined && name in values) return values[name];
  const filled = typeof text === 'string' ? String(withValues(text, values)) : '${';
  if (!filled.includes('${')) return filled;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withValues(inner, values)]),
  );
}

test('the parameter Functions of the application takes at most ten names', async () => {
  const { template } = await write({ sam: true });
  const { Functions: parameter } = template['Parameters'] as {
    readonly Functions: { readonly AllowedPattern: string };
  };
  const pattern = new RegExp(`^(?:${parameter.AllowedPattern})$`);
  const names = (count: number): string => Array.from({ length: count }, () => 'orders').join(',');
  expect(['orders', 'orders-*', '*', names(10)].every((text) => pattern.test(text))).toBe(true);
  expect(['', 'a,', 'a, b', 'a:b', names(11)].some((text) => pattern.test(text))).toBe(false);
});

test('the application has the metadata, the licence and the description that publishing asks for', async () => {
  const { template, printed } = await write({ sam: true, bucket: 'my-bucket' });
  const { 'AWS::ServerlessRepo::Application': application } = template['Metadata'] as {
    readonly 'AWS::ServerlessRepo::Application': Readonly<Record<string, string>>;
  };
  // The patterns and lengths of "AWS SAM template Metadata section properties" (2026-11).
  expect(application['Name']).toMatch(/^[a-zA-Z0-9-]{1,140}$/);
  expect(application['Author']).toMatch(/^[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?$/);
  expect(application['Description']?.length).toBeLessThanOrEqual(256);
  expect(application['SemanticVersion']).toMatch(/^\d+\.\d+\.\d+$/);
  expect(application['SpdxLicenseId']).toBe('MIT');
  const out = path.join(folder, 'at-sam-bucket');
  expect(readFileSync(path.join(out, String(application['LicenseUrl'])), 'utf8')).toMatch(
    /^MIT License/,
  );
  expect(readFileSync(path.join(out, String(application['ReadmeUrl'])), 'utf8')).toMatch(
    /^# Powerdial/,
  );
  expect(printed).toContain('--s3-bucket my-bucket');
});

test('the lines that deploy a template name its files, the bucket, the stack and the capability', async () => {
  const { printed } = await write({
    functions: 'orders',
    bucket: 'my-bucket',
    namePrefix: 'team-a',
  });
  const out = path.join(folder, 'at-functions-bucket-namePrefix');
  expect(printed).toContain(
    `aws cloudformation package --template-file ${out}/template.json --s3-bucket my-bucket --use-json --output-template-file ${out}/packaged.json\naws cloudformation deploy --template-file ${out}/packaged.json --s3-bucket my-bucket --stack-name team-a --capabilities CAPABILITY_IAM\n`,
  );
  expect(printed).toContain('powerdial tune orders --state-machine <the output StateMachineArn>');
});

test('powerdial template writes the same bytes of stages.zip each time', () => {
  expect(packStages().equals(packStages())).toBe(true);
});

test('everything that is wrong with the options is told together, by name, and nothing is written', async () => {
  const wrong = write({
    vpcId: 'vpc-0f1e2d3c4b5a69788',
    logRetentionDays: '8',
    resultsRetentionDays: 'ninety',
    rolePath: 'tools',
    kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/mine',
    namePrefix: 'team a',
    queues: 'arn:aws:sns:eu-west-1:123456789012:alarms',
    processors: 'be:fore',
  });
  await expect(wrong).rejects.toMatchObject({
    problems: [
      expect.stringMatching(/^--functions: wanted the functions that may be tuned/) as string,
      '--processors: wanted names or ARNs of functions, it is "be:fore"',
      '--queues: wanted names or ARNs of queues, it is "arn:aws:sns:eu-west-1:123456789012:alarms"',
      '--name-prefix: wanted a letter, then at most 39 letters, digits and dashes, it is "team a"',
      '--role-path: wanted a path that begins and ends with a slash, it is "tools"',
      '--vpc-id: wanted --subnet-ids beside it',
      '--kms-key-arn: wanted the ARN of a key, and not of an alias, it is "arn:aws:kms:eu-west-1:123456789012:alias/mine"',
      expect.stringMatching(
        /^--log-retention-days: wanted one of CloudWatch's periods .*"8"$/,
      ) as string,
      '--results-retention-days: wanted a whole number of days, it is "ninety"',
    ],
  });
});

test('functions that no role can name are refused, with what to do', async () => {
  const functions = Array.from({ length: 900 }, (_, index) => `function-number-${index}`).join(',');
  await expect(write({ functions })).rejects.toThrow(/--functions: .* there are 900; use patterns/);
});

test('an application refuses by name what it has no parameter for', async () => {
  await expect(write({ sam: true, functions: 'orders', kmsKeyArn: 'arn' })).rejects.toMatchObject({
    problems: [
      expect.stringMatching(/^--functions: wanted without --sam/) as string,
      expect.stringMatching(/^--kms-key-arn: wanted without --sam/) as string,
    ],
  });
});

test('a template.json that somebody else wrote is left as it is, and one of ours is written again', async () => {
  const out = mkdtempSync(path.join(folder, 'other-'));
  const file = path.join(out, 'template.json');
  writeFileSync(file, '{"Resources": {}}');
  await expect(write({ functions: 'orders', out })).rejects.toThrow(/did not write; name another/);
  expect(readFileSync(file, 'utf8')).toBe('{"Resources": {}}');
  rmSync(file);
  await write({ functions: 'orders', out });
  await write({ functions: 'invoices', out });
  expect(readFileSync(file, 'utf8')).toContain('function:invoices');
});

/** A property of the construct without an option does not compile. */
const OPTION_OF: { readonly [Name in keyof PowerTunerProps]-?: keyof TemplateOptions } = {
  functions: 'functions',
  allowAllFunctions: 'functions',
  logGroups: 'logGroups',
  processors: 'processors',
  payloadBuckets: 'payloadBuckets',
  queues: 'queues',
  namePrefix: 'namePrefix',
  architecture: 'architecture',
  permissionsBoundary: 'permissionsBoundary',
  rolePath: 'rolePath',
  vpc: 'vpcId',
  vpcSubnets: 'subnetIds',
  securityGroups: 'securityGroupIds',
  encryptionKey: 'kmsKeyArn',
  logRetention: 'logRetentionDays',
  resultsRetention: 'resultsRetentionDays',
  alarmTopic: 'alarmTopicArn',
};

test('everything that `cdk deploy -c` sets, and every property of the construct, is an option', () => {
  const program = new Command();
  addTemplateCommand(program);
  const options = program.commands[0]?.options.map((option) => option.attributeName()) ?? [];
  for (const name of [...Object.keys(CONTEXT_KEYS), ...Object.values(OPTION_OF)]) {
    expect(options).toContain(name);
  }
});

test('powerdial template takes the log retention periods that CDK knows', () => {
  const known = Object.values(RetentionDays).filter((each) => typeof each === 'number');
  expect(LOG_RETENTION_DAYS).toEqual(known.filter((days) => days !== RetentionDays.INFINITE));
});
