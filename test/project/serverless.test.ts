import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Unknown } from '../../src/project/values/value.ts';
import { onlyFunction, problemsOf, projectOf } from './memory-files.ts';

const SERVICE = `service: orders
custom:
  sizes: { dev: 256, prod: 1024 }
  name: orders-\${self:provider.stage}
params:
  default: { table: t-default }
  prod: { table: t-prod }
provider:
  name: aws
  runtime: nodejs22.x
  stage: \${opt:stage, 'dev'}
  architecture: arm64
  environment:
    TABLE: \${param:table}
    KEY: \${ssm:/key}
    HOME_URL: \${env:HOME_URL}
    MODE: \${env:MODE, 'slow'}
    REGION: \${aws:region}
functions:
  create:
    handler: src/create.handler
    memorySize: \${self:custom.sizes.\${self:provider.stage}}
    environment:
      NAME: \${self:custom.name}
      QUEUE: !Ref Queue
      ARN: !Sub 'arn:\${AWS::Partition}:x'
      SHARED: \${file(./shared.yml):deep.value}
      CODE: \${file(./values.js):x}
    layers: [{ Ref: LibLambdaLayer }]
    events:
      - sqs: { arn: !GetAtt Queue.Arn, batchSize: 5, maximumBatchingWindow: 10 }
      - httpApi: 'GET /'
layers: { lib: { path: lib } }
resources: { Resources: { Queue: { Type: AWS::SQS::Queue } } }
`;
const FILES = {
  'serverless.yml': SERVICE,
  'shared.yml': 'deep: { value: "from ${self:service}" }',
  'src/create.js': '',
  'lib/x.js': '',
};

test('a function of serverless.yml is read with its provider, its variables and its other files', () => {
  const create = onlyFunction(projectOf('serverless.yml', FILES));
  expect(create).toMatchObject({
    resource: 'create',
    otherNames: ['orders-dev-create'],
    line: 20,
    runtime: 'nodejs22.x',
    handler: 'src/create.handler',
    code: { kind: 'folder', folder: '/project' },
    layers: [{ kind: 'folder', folder: '/project/lib' }],
    memoryMb: 256,
    timeoutSeconds: null,
    architecture: 'arm64',
    environment: {
      TABLE: 't-default',
      MODE: 'slow',
      REGION: 'eu-west-1',
      NAME: 'orders-dev',
      ARN: 'arn:aws:x',
      SHARED: 'from orders',
    },
    triggers: [
      { source: 'sqs', resource: 'Queue', batchSize: 5, batchingWindowSeconds: 10 },
      { source: 'apigateway', resource: null },
    ],
  });
});

test('variables of serverless.yml follow the stage that is given', () => {
  const create = onlyFunction(projectOf('serverless.yml', FILES, { stage: 'prod' }));
  expect(create).toMatchObject({
    memoryMb: 1024,
    otherNames: ['orders-prod-create'],
    environment: { TABLE: 't-prod', NAME: 'orders-prod' },
  });
});

test("neither the caller's environment nor a file of code is read for a value", () => {
  const { unset } = onlyFunction(projectOf('serverless.yml', FILES));
  expect(unset).toEqual([
    { name: 'KEY', why: '${ssm:/key} is known only when it is deployed' },
    { name: 'HOME_URL', why: 'it is the variable HOME_URL of whoever deploys' },
    { name: 'QUEUE', why: 'the resource Queue is known only when it is deployed' },
    { name: 'CODE', why: '${file(./values.js)} is code or text that is not run or read here' },
  ]);
});

test('serverless.yml may take its functions from files, as a map or as a list', () => {
  const one = 'service: s\nprovider: { name: aws }\nfunctions: ${file(functions.yml)}\n';
  const list =
    'service: s\nprovider: aws\nfunctions:\n  - ${file(functions.yml)}\n  - ${file(gone.yml)}\n';
  for (const text of [one, list]) {
    const { functions } = projectOf('serverless.yml', {
      'serverless.yml': text,
      'functions.yml': 'a: { handler: a.h, timeout: 9 }\nb: { handler: b.h }\n',
    });
    expect(functions.map(({ resource, timeoutSeconds }) => [resource, timeoutSeconds])).toEqual([
      ['a', 9],
      ['b', null],
    ]);
  }
  const { notices } = projectOf('serverless.yml', { 'serverless.yml': list, 'functions.yml': '' });
  expect(notices).toContain('Some functions are not read: the file gone.yml is not there.');
});

test('variables that lead in a circle come to an end, and are unknown', () => {
  const text =
    'service: s\nprovider: aws\ncustom: { a: "${self:custom.b}", b: "${self:custom.a}" }\nfunctions: { f: { handler: x.y, timeout: "${self:custom.a}" } }\n';
  const { timeoutSeconds } = onlyFunction(projectOf('s.yml', { 's.yml': text }));
  expect(timeoutSeconds).toBeInstanceOf(Unknown);
});

test('anchors and merge keys of serverless.yml are followed', () => {
  const text =
    'service: s\nprovider: aws\ncustom:\n  base: &base { memorySize: 640, timeout: 7 }\nfunctions:\n  f: { <<: *base, timeout: 8, handler: x.y }\n';
  expect(onlyFunction(projectOf('s.yml', { 's.yml': text }))).toMatchObject({
    memoryMb: 640,
    timeoutSeconds: 8,
  });
});

test('a service on another cloud, and a parameter that the file never asks for, are refused', () => {
  const text = 'service: s\nprovider: { name: azure }\nfunctions: {}\n';
  expect(problemsOf('s.yml', { 's.yml': text }, { colour: 'red' })).toEqual([
    '/project/s.yml: wanted a service on AWS, its provider is azure',
    '--parameter: the file has neither ${opt:colour} nor ${param:colour}',
  ]);
});

test('the recipe of docs/projects.md for a file of sizes gives a function what stands in the file', () => {
  const [, recipe = ''] =
    /serverless:\n\n```yaml\n([^]*?)```/.exec(readFileSync('docs/projects.md', 'utf8')) ?? [];
  const [, sizes = ''] = /```json\n([^]*?)```/.exec(readFileSync('docs/projects.md', 'utf8')) ?? [];
  const text = `service: s\nprovider: aws\n${recipe}    handler: a.b\n`;
  const read = (files: Readonly<Record<string, string>>) =>
    onlyFunction(projectOf('s.yml', { 's.yml': text, ...files }));
  expect(read({ 'powerdial.sizes.json': sizes })).toMatchObject({
    memoryMb: 1024,
    timeoutSeconds: 6,
  });
  expect(read({})).toMatchObject({ memoryMb: 512, timeoutSeconds: 30 });
});
