import { expect, test } from 'vitest';
import { Unknown } from '../../src/project/values/value.ts';
import { onlyFunction, problemsOf, projectOf } from './memory-files.ts';

const SAM = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Secret: { Type: String, NoEcho: true }
  Level: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /level }
Mappings:
  Sizes: { dev: { memory: 256 }, prod: { memory: 1024 } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Globals:
  Function:
    Runtime: nodejs22.x
    Timeout: 10
    Environment: { Variables: { LOG: info, STAGE: !Ref Stage } }
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      MemorySize: !FindInMap [Sizes, !Ref Stage, memory]
      Timeout: !If [IsProd, 30, !Ref AWS::NoValue]
      Architectures: [arm64]
      EphemeralStorage: { Size: 1024 }
      LoggingConfig: { LogFormat: JSON }
      Environment:
        Variables:
          LOG: debug
          PLACE: !Sub 'https://\${AWS::StackName}.\${AWS::Region}.\${AWS::URLSuffix}/\${AWS::AccountId}/\${!Plain}'
          JOINED: !Join ['-', [a, !Select [1, !Split [',', 'x,y']]]]
          TABLE: !Ref Table
          QUEUE: !Sub '\${Queue.QueueName}-x'
          KEY: '{{resolve:secretsmanager:orders:SecretString:key}}'
          SECRET: !Ref Secret
          LEVEL: !Ref Level
          OTHER: !ImportValue other-stack
          COUNT: 3
      Events:
        FromQueue:
          Type: SQS
          Properties: { Queue: !GetAtt Queue.Arn, BatchSize: 5, MaximumBatchingWindowInSeconds: 20 }
        Api: { Type: HttpApi }
  Table: { Type: AWS::DynamoDB::Table }
  Queue: { Type: AWS::SQS::Queue }
`;
const FILES = { 'template.yaml': SAM, 'src/app.js': '' };

test('a SAM function is read with its Globals, parameters, conditions and mappings', () => {
  const orders = onlyFunction(projectOf('template.yaml', FILES));
  expect(orders).toMatchObject({
    resource: 'Orders',
    line: 16,
    runtime: 'nodejs22.x',
    handler: 'app.handler',
    code: { kind: 'folder', folder: '/project/src' },
    memoryMb: 256,
    timeoutSeconds: null,
    architecture: 'arm64',
    logFormat: 'JSON',
    ephemeralStorageMb: 1024,
  });
  expect(orders.triggers).toEqual([
    { source: 'sqs', resource: 'Queue', batchSize: 5, batchingWindowSeconds: 20 },
    { source: 'apigateway', resource: null, batchSize: null, batchingWindowSeconds: null },
  ]);
});

test('conditions and mappings of a template follow the value of --parameter', () => {
  const orders = onlyFunction(projectOf('template.yaml', FILES, { Stage: 'prod' }));
  expect(orders).toMatchObject({ memoryMb: 1024, timeoutSeconds: 30 });
  expect(orders.environment).toMatchObject({ STAGE: 'prod' });
});

test('variables are filled in as far as the template tells them, with the stand-ins of SAM for the stack', () => {
  const { environment } = onlyFunction(projectOf('template.yaml', FILES));
  expect(environment).toEqual({
    LOG: 'debug',
    STAGE: 'dev',
    PLACE: 'https://local.eu-west-1.amazonaws.com/123456789012/${Plain}',
    JOINED: 'a-y',
    COUNT: '3',
  });
});

test('a variable that only a deployment knows is left unset and named with its reason', () => {
  const { unset } = onlyFunction(projectOf('template.yaml', FILES));
  expect(unset).toEqual([
    { name: 'TABLE', why: 'the resource Table is known only when it is deployed' },
    { name: 'QUEUE', why: 'Queue.QueueName is known only when it is deployed' },
    {
      name: 'KEY',
      why: 'it is a {{resolve:secretsmanager:…}} reference, which is never resolved here',
    },
    { name: 'SECRET', why: 'the parameter Secret has no default; --parameter Secret=… says it' },
    {
      name: 'LEVEL',
      why: 'the parameter Level is read from Systems Manager; --parameter Level=… says it',
    },
    { name: 'OTHER', why: 'it is exported by another stack (Fn::ImportValue)' },
  ]);
});

test.each([
  [
    { Stag: 'dev' },
    '--parameter: the template has no parameter Stag; it has Stage, Secret, Level; did you mean Stage?',
  ],
  [{ Stage: 'test' }, "--parameter Stage: wanted one of the template's AllowedValues (dev, prod)"],
])(
  'a parameter that the template does not take is refused by name and without its value: %j',
  (given, problem) => {
    expect(problemsOf('template.yaml', FILES, given)).toEqual([problem]);
  },
);

test('a {{resolve}} reference that a parameter holds is not resolved either', () => {
  const { unset } = onlyFunction(
    projectOf('template.yaml', FILES, { Secret: '{{resolve:ssm-secure:/x}}' }),
  );
  expect(unset.find(({ name }) => name === 'SECRET')?.why).toContain('{{resolve:ssm-secure:…}}');
});

test('the same template as JSON, with Windows line ends and a byte order mark, says the same', () => {
  const json = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  const template = JSON.stringify(
    {
      Resources: {
        F: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: 'src',
            Handler: 'app.handler',
            Runtime: 'nodejs22.x',
            MemorySize: '512',
            Environment: { Variables: { A: { 'Fn::Sub': 'x${AWS::Partition}' }, B: true } },
          },
        },
      },
    },
    null,
    '\t',
  );
  const read = onlyFunction(projectOf('t.json', { 't.json': json(template), 'src/app.js': '' }));
  expect(read).toMatchObject({
    memoryMb: 512,
    code: { kind: 'folder' },
    environment: { A: 'xaws', B: 'true' },
  });
});

test("CDK's output names the asset by its metadata, or by the hash in the list of assets", () => {
  const hash = 'a'.repeat(64);
  const own = { Type: 'AWS::Lambda::Function' };
  const template = {
    Resources: {
      Orders1A2B3C4D: {
        ...own,
        Properties: { Code: { S3Bucket: 'b', S3Key: 'x.zip' }, Handler: 'index.handler' },
        Metadata: { 'aws:cdk:path': 'Stack/Orders/Resource', 'aws:asset:path': 'asset.1' },
      },
      Bills: {
        ...own,
        Properties: { Code: { S3Bucket: { 'Fn::Sub': 'b-${AWS::Region}' }, S3Key: `${hash}.zip` } },
      },
      LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A: {
        ...own,
        Properties: { Code: { S3Bucket: 'b', S3Key: 'y.zip' } },
      },
    },
  };
  const { functions } = projectOf('cdk.out/Stack.template.json', {
    'cdk.out/Stack.template.json': JSON.stringify(template),
    'cdk.out/Stack.assets.json': JSON.stringify({
      files: { [hash]: { source: { path: 'asset.2', packaging: 'zip' } } },
    }),
    'cdk.out/asset.1/index.js': '',
    'cdk.out/asset.2/index.js': '',
  });
  expect(functions).toMatchObject([
    {
      otherNames: ['Stack/Orders', 'Orders', 'Orders'],
      code: { kind: 'folder', folder: '/project/cdk.out/asset.1' },
      isHelper: false,
    },
    { code: { kind: 'folder', folder: '/project/cdk.out/asset.2' } },
    { code: { kind: 'elsewhere', why: 'its code is in S3' }, isHelper: true },
  ]);
});

test('nested stacks, macros and loops are named, and what they hold is not guessed', () => {
  const text = `Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions, OwnMacro]
Resources:
  Child: { Type: AWS::Serverless::Application, Properties: { Location: child/template.yaml } }
  Other: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: !Ref Url } }
  'Fn::ForEach::Topics': [Name, [a, b], { 'F\${Name}': { Type: AWS::Lambda::Function } }]
`;
  const { functions, notices } = projectOf('t.yaml', { 't.yaml': text });
  expect(functions).toEqual([]);
  expect(notices).toEqual([
    'The transform OwnMacro is not carried out: what it adds or changes is not read.',
    'Fn::ForEach::Topics is not carried out: the resources that it makes are not read.',
    'Child is a nested stack, whose functions are not read here: --template child/template.yaml reads them.',
    'Other is a nested stack, whose functions are not read here.',
  ]);
});

test('a function whose condition does not hold is left out by name, and one that is not known stays', () => {
  const text = `Parameters: { A: { Type: String } }
Conditions: { No: !Equals [a, b], Open: !Equals [!Ref A, b], Round: !Not [!Condition Round] }
Resources:
  F1: { Type: AWS::Lambda::Function, Condition: No }
  F2: { Type: AWS::Lambda::Function, Condition: Open }
  F3: { Type: AWS::Lambda::Function, Condition: Round }
`;
  const { functions, notices } = projectOf('t.yaml', { 't.yaml': text });
  expect(functions.map(({ resource }) => resource)).toEqual(['F2', 'F3']);
  expect(notices).toEqual(['F1 is left out: its condition No does not hold.']);
});

test.each([
  [
    'InlineCode: "x"',
    'its code stands in the template itself; copy it to a file and name that by --local',
  ],
  ['PackageType: Image', 'it is a container image, which is not run here'],
  ['CodeUri: s3://bucket/key', 'its code is in S3'],
  ['CodeUri: lib.zip', 'its code is the archive lib.zip; unpack it and name the folder by --root'],
  ['CodeUri: gone/', 'its code is to be at gone/ (/project/gone), and there is nothing'],
])('code that is no folder here is told with what to do: %s', (line, why) => {
  const text = `Resources:\n  F: { Type: AWS::Serverless::Function, Properties: { ${line} } }\n`;
  const { code } = onlyFunction(projectOf('t.yaml', { 't.yaml': text, 'lib.zip': '' }));
  expect(code).toEqual({ kind: 'elsewhere', why });
});

test('layers of the same template are folders in their order, and others are named', () => {
  const text = `Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Layers: [!Ref Own, 'arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:53']
  Own: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: lib } }
`;
  const { layers } = onlyFunction(
    projectOf('t.yaml', { 't.yaml': text, 'src/a.js': '', 'lib/nodejs/x.js': '' }),
  );
  expect(layers).toEqual([
    { kind: 'folder', folder: '/project/lib' },
    { kind: 'elsewhere', why: 'a layer is on AWS, and not in this template' },
  ]);
});

test('a memory that no template can tell is unknown, and never the default', () => {
  const text = `Parameters: { Size: { Type: Number } }
Resources:
  F: { Type: AWS::Serverless::Function, Properties: { MemorySize: !Ref Size, Timeout: !GetAtt A.B } }
`;
  const { memoryMb, timeoutSeconds } = onlyFunction(projectOf('t.yaml', { 't.yaml': text }));
  expect(memoryMb).toBeInstanceOf(Unknown);
  expect(timeoutSeconds).toEqual(new Unknown('A.B is known only when it is deployed'));
});

test.each([
  [100, 'fresh', null],
  [501, 'older', '/project/lib/app.ts'],
])(
  "CDK's output is held against the app beside it: source of %d ms is %s",
  (atMs, state, newer) => {
    const { build } = onlyFunction(
      projectOf('cdk.out/S.template.json', {
        'cdk.json': '{}',
        'README.md': { text: '', atMs: 900 },
        'lib/app.ts': { text: '', atMs },
        'cdk.out/asset.1/index.js': { text: '', atMs: 900 },
        'cdk.out/S.template.json': {
          text: '{"Resources": {"F": {"Type": "AWS::Lambda::Function"}}}',
          atMs: 500,
        },
      }),
    );
    expect(build).toEqual({ command: 'cdk synth', state, newer });
  },
);
