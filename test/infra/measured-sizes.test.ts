import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AspectPriority, Aspects, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { afterAll, expect, test } from 'vitest';
import { MeasuredSizes, type MeasuredSizesProps } from '../../infra/measured-sizes.ts';
import { newApp } from './new-app.ts';

const FOLDER = mkdtempSync(path.join(os.tmpdir(), 'powerdial-sizes-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const TODAY = new Date().toISOString().slice(0, 10);
const ENTRY = {
  memoryMb: 1024,
  timeoutSeconds: 6,
  verdict: 'change',
  measuredAt: TODAY,
  run: 'r',
  codeSha256: null,
  runtime: 'nodejs22.x',
};

function stackWith(sizes: unknown, props: MeasuredSizesProps = {}): Stack {
  const file = path.join(FOLDER, 'sizes.json');
  if (sizes !== null) writeFileSync(file, JSON.stringify(sizes));
  const app = newApp();
  const stack = new Stack(app, 'Shop');
  for (const [id, name] of [
    ['Orders', undefined],
    ['Bills', 'the-bills'],
  ] as const) {
    new LambdaFunction(stack, id, {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => 1;'),
      memorySize: 512,
      timeout: Duration.seconds(30),
      ...(name === undefined ? {} : { functionName: name }),
    });
  }
  const used = sizes === null ? path.join(FOLDER, 'gone.json') : file;
  Aspects.of(app).add(new MeasuredSizes({ file: used, ...props }), {
    priority: AspectPriority.MUTATING,
  });
  return stack;
}

const settings = (stack: Stack): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    Object.entries(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(
      ([id, { Properties }]) => {
        const { MemorySize, Timeout } = Properties as { MemorySize: number; Timeout: number };
        return [id.replace(/[0-9A-F]{8}$/, ''), [MemorySize, Timeout]];
      },
    ),
  );
const warnings = (stack: Stack): readonly string[] =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => (entry.data as string).replace(/ \[ack: .*\]$/, ''));
const logicalId = (stack: Stack): string =>
  Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Function')).find((id) =>
    id.startsWith('Orders'),
  ) ?? '';

test.each([
  ["its construct's id", 'Orders'],
  ["its construct's path", 'Shop/Orders'],
  ['its logical id', logicalId(stackWith({}))],
  ['the name that CloudFormation makes', `Shop-${logicalId(stackWith({}))}-9aB8c7D6e5F4`],
])(
  'a function gets what was measured for it, known by %s, and another one keeps its own',
  (_, key) => {
    const stack = stackWith({ [key]: ENTRY });
    expect(settings(stack)).toEqual({ Orders: [1024, 6], Bills: [512, 30] });
    expect(warnings(stack)).toEqual([]);
  },
);

test('a function is known by its own name, and a timeout that was not measured stays', () => {
  const stack = stackWith({ 'the-bills': { ...ENTRY, timeoutSeconds: null } });
  expect(settings(stack)).toEqual({ Orders: [512, 30], Bills: [1024, 30] });
  expect(settings(stackWith({ Orders: ENTRY }, { timeouts: false }))).toMatchObject({
    Orders: [1024, 30],
  });
});

test.each([
  [
    { measuredAt: '2024-01-01' },
    /was measured \d+ days ago \(2024-01-01\), wanted at most 180; measure it again/,
  ],
  [{ measuredAt: null }, /does not say when it was measured/],
  [{ runtime: 'nodejs18.x' }, /was measured on nodejs18\.x, the function has nodejs22\.x/],
  [{ emulated: true }, /was measured on a machine and not on AWS/],
])('an entry that may no longer be true is set, with a warning: %j', (more, warning) => {
  const stack = stackWith({ Orders: { ...ENTRY, ...more } });
  expect(settings(stack)).toMatchObject({ Orders: [1024, 6] });
  expect(warnings(stack)).toEqual([expect.stringMatching(warning)]);
});

test('MeasuredSizes changes nothing where the file has two entries for one function', () => {
  const stack = stackWith({ Bills: ENTRY, 'the-bills': { ...ENTRY, memoryMb: 256 } });
  expect(settings(stack)).toMatchObject({ Bills: [512, 30] });
  expect(warnings(stack)).toEqual([
    expect.stringMatching(/several entries for it \(Bills, the-bills\)/),
  ]);
});

test('a file that is not there leaves sizes as they are, and one that is none is an error', () => {
  expect(settings(stackWith(null))).toEqual({ Orders: [512, 30], Bills: [512, 30] });
  expect(() => stackWith({ Orders: { memory: 1 } })).toThrow(
    /MeasuredSizes: .*sizes\.json: .*Orders/,
  );
});
