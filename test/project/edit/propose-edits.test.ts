import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carryOut, differences } from '../../../src/project/edit/carry-out.ts';
import type { ProposedEdits } from '../../../src/project/edit/proposal.ts';
import { proposeEdits } from '../../../src/project/edit/propose-edits.ts';
import { readProject } from '../../../src/project/read-project.ts';
import { memoryFiles, type Texts } from '../memory-files.ts';
import { runs } from '../../machine/long-tests.ts';

interface Wish {
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
}

function proposeFor(
  file: string,
  texts: Texts,
  wishes: Readonly<Record<string, Wish>>,
): ProposedEdits {
  const files = memoryFiles(texts);
  const read = readProject(`/project/${file}`, files, { parameters: {}, region: 'eu-west-1' });
  if (read.kind === 'problem') throw new Error(read.problems.join('\n'));
  const wanted = read.project.functions.flatMap((own) => {
    const wish = wishes[own.resource];
    return wish === undefined
      ? []
      : [{ own, memoryMb: wish.memoryMb ?? null, timeoutSeconds: wish.timeoutSeconds ?? null }];
  });
  return proposeEdits(wanted, { project: read.project, template: read.template, files });
}

const QUEUED = `Resources:
  Orders: # the queue's reader
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 512   # by hand
      Timeout: "30"
      Events: { Q: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn, MaximumBatchingWindowInSeconds: 20 } } }
  Queue:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: 180 }
`;

test('memory, timeout and the visibility timeout of its queue change, and not one other byte', () => {
  const { edits, changes, elsewhere } = proposeFor(
    't.yaml',
    { 't.yaml': QUEUED },
    {
      Orders: { memoryMb: 1024, timeoutSeconds: 60 },
    },
  );
  // 6 × 60 s and the window of 20 s.
  const after = QUEUED.replace('512 ', '1024 ').replace('"30"', '"60"').replace('180', '380');
  expect(carryOut(QUEUED, edits)).toBe(after);
  expect(elsewhere).toEqual([]);
  expect(changes.map(({ field, from, to, line }) => [field, from, to, line])).toEqual([
    ['memory', 512, 1024, 5],
    ['timeout', 30, 60, 6],
    ['visibility', 180, 380, 10],
  ]);
});

test('a queue that waits long enough stays, as it does where only the memory changes', () => {
  expect(
    proposeFor('t.yaml', { 't.yaml': QUEUED }, { Orders: { timeoutSeconds: 20 } }).changes,
  ).toHaveLength(1);
  expect(
    proposeFor('t.yaml', { 't.yaml': QUEUED }, { Orders: { memoryMb: 1 } }).changes,
  ).toHaveLength(1);
});

test.each([
  [
    'MemorySize: !Ref Size',
    /MemorySize \(.*:\d+\) is !Ref Size: change the parameter Size \(line 1\)/,
  ],
  ['MemorySize: !FindInMap [Sizes, a, b]', /change the mapping Sizes \(line 2\)/],
  ['MemorySize: { Ref: Size }', /is \{ Ref: Size \}: change the parameter Size/],
  ['<<: *shared', /is a merge key \(<<\)/],
  ['MemorySize: *number', /is the anchor &number/],
  ['MemorySize: 5e2', /is 5e2/],
  ['Timeout: 3', /Globals\.Function\.MemorySize \(.*\) is what all functions get/],
])(
  'a value that is no number in its own place is named with where to change it: %s',
  (line, where) => {
    const text = `Parameters: { Size: { Type: Number, Default: 512 } }
Mappings: { Sizes: { a: { b: 512 } } }
x: { shared: &shared { MemorySize: 512 }, number: &number 512 }
Globals: { Function: { MemorySize: 512 } }
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      ${line}
`;
    const { edits, elsewhere } = proposeFor(
      't.yaml',
      { 't.yaml': text },
      { F: { memoryMb: 1024 } },
    );
    expect(edits).toEqual([]);
    expect(elsewhere).toMatchObject([{ field: 'memory', to: 1024 }]);
    expect(elsewhere[0]?.where).toMatch(where);
  },
);

test('propose names the line to add where a template does not set the value', () => {
  const text = 'Resources: { F: { Type: AWS::Lambda::Function, Properties: { Handler: a.b } } }\n';
  const { edits, elsewhere } = proposeFor(
    't.yaml',
    { 't.yaml': text },
    { F: { timeoutSeconds: 9 } },
  );
  expect(edits).toEqual([]);
  expect(elsewhere[0]?.where).toBe('it is not set; add Resources.F.Properties.Timeout: 9');
});

test('a serverless.yml changes in the function, and names the provider, variables and other files', () => {
  const text = `service: s
provider: { name: aws, timeout: 6 }
functions:
  a: { handler: a.h, memorySize: 512, events: [{ sqs: { arn: !GetAtt Q.Arn } }], timeout: 5 }
  b: { handler: b.h, memorySize: '\${self:custom.memory}' }
custom: { memory: 512 }
resources: { Resources: { Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 30 } } } }
`;
  const { edits, elsewhere } = proposeFor(
    's.yml',
    { 's.yml': text },
    {
      a: { memoryMb: 256, timeoutSeconds: 10 },
      b: { memoryMb: 256, timeoutSeconds: 10 },
    },
  );
  expect(carryOut(text, edits)).toBe(
    text
      .replace('memorySize: 512', 'memorySize: 256')
      .replace('timeout: 5', 'timeout: 10')
      .replace('Timeout: 30', 'Timeout: 60'),
  );
  expect(elsewhere.map(({ where }) => where)).toEqual([
    expect.stringMatching(/functions\.b\.memorySize \(.*:5\) is '\$\{self:custom\.memory\}'/),
    expect.stringMatching(/provider\.timeout \(.*:2\) is what all functions get/),
  ]);
});

test('a Terraform plan changes the .tf file beside it, where the block has a number', () => {
  const orders = { address: 'aws_lambda_function.orders', mode: 'managed', name: 'orders' };
  const plan = {
    format_version: '1.2',
    terraform_version: '1.9.5',
    planned_values: {
      root_module: {
        resources: [
          { ...orders, type: 'aws_lambda_function', values: { memory_size: 512, timeout: 30 } },
        ],
      },
    },
  };
  const main =
    'resource "aws_lambda_function" "orders" {\n  memory_size = 512\n  timeout = var.seconds\n}\n';
  const { edits, changes, elsewhere } = proposeFor(
    'plan.json',
    { 'plan.json': JSON.stringify(plan), 'main.tf': main },
    { 'aws_lambda_function.orders': { memoryMb: 1024, timeoutSeconds: 6 } },
  );
  expect(carryOut(main, edits)).toBe(main.replace('512', '1024'));
  expect(changes).toMatchObject([{ file: '/project/main.tf', line: 2, from: 512, to: 1024 }]);
  expect(elsewhere[0]?.where).toMatch(
    /^timeout of resource "aws_lambda_function" "orders" \(.*main\.tf:3\) is var\.seconds$/,
  );
});

/** What people put between values, as far as YAML lets them. */
const odd = fc.constantFrom('', '  # MemorySize: 512', ' # Timeout: 3 {', '   ');
const between = fc.constantFrom('', '# a comment\n', '\n', '      # MemorySize: 128\n', '   #\n');
const key = (name: string, value: number) =>
  fc
    .record({
      quote: fc.constantFrom('', '"', "'"),
      after: odd,
      before: between,
      gap: fc.constantFrom(' ', '    '),
    })
    .map(
      ({ quote, after, before, gap }) =>
        `${before}      ${name}:${gap}${quote}${value}${quote}${after}\n`,
    );

const generated = fc
  .record({
    functions: fc.array(
      fc.record({
        memory: fc.integer({ min: 128, max: 10_240 }),
        timeout: fc.integer({ min: 1, max: 900 }),
        visibility: fc.integer({ min: 0, max: 43_200 }),
        window: fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }),
        isSwapped: fc.boolean(),
        newMemory: fc.integer({ min: 128, max: 10_240 }),
        newTimeout: fc.integer({ min: 1, max: 900 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    isCrLf: fc.boolean(),
    hasMark: fc.boolean(),
    hasEnd: fc.boolean(),
    isJson: fc.boolean(),
  })
  .chain(({ functions, isCrLf, hasMark, hasEnd, isJson }) =>
    fc
      .tuple(
        ...functions.map((each) =>
          fc.tuple(key('MemorySize', each.memory), key('Timeout', each.timeout), odd, between),
        ),
      )
      .map((lines) => {
        const blocks = functions.map((each, index) => {
          const [memory = '', timeout = '', comment = '', gap = ''] = lines[index] ?? [];
          const settings = each.isSwapped ? timeout + memory : memory + timeout;
          const window =
            each.window === null ? '' : `, MaximumBatchingWindowInSeconds: ${each.window}`;
          return `  F${index}:${comment}\n    Type: AWS::Serverless::Function\n${gap}    Properties:\n${settings}      Events: { E: { Type: SQS, Properties: { Queue: !GetAtt Q${index}.Arn${window} } } }\n  Q${index}: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: ${each.visibility} } } # queue\n`;
        });
        const yaml = `# top\nResources:\n${blocks.join('')}`;
        const json = JSON.stringify(
          {
            Resources: Object.fromEntries(
              functions.flatMap((each, index): readonly (readonly [string, unknown])[] => [
                [
                  `F${index}`,
                  {
                    Type: 'AWS::Serverless::Function',
                    Properties: {
                      MemorySize: each.memory,
                      Timeout: each.isSwapped ? String(each.timeout) : each.timeout,
                      Events: {
                        E: {
                          Type: 'SQS',
                          Properties: {
                            Queue: { 'Fn::GetAtt': [`Q${index}`, 'Arn'] },
                            ...(each.window === null
                              ? {}
                              : { MaximumBatchingWindowInSeconds: each.window }),
                          },
                        },
                      },
                    },
                  },
                ],
                [
                  `Q${index}`,
                  { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: each.visibility } },
                ],
              ]),
            ),
          },
          null,
          '\t',
        );
        const plain = isJson ? json : hasEnd ? yaml : yaml.slice(0, -1);
        const text = (hasMark ? '\uFEFF' : '') + (isCrLf ? plain.replaceAll('\n', '\r\n') : plain);
        return { functions, text };
      }),
  );

test('propose changes exactly the proposed fields of a template, whatever comments it has', () => {
  fc.assert(
    fc.property(generated, ({ functions, text }) => {
      const wishes = Object.fromEntries(
        functions.map((each, index) => [
          `F${index}`,
          { memoryMb: each.newMemory, timeoutSeconds: each.newTimeout },
        ]),
      );
      const { edits, elsewhere } = proposeFor('t.yaml', { 't.yaml': text }, wishes);
      const after = carryOut(text, edits);
      const expected = functions.flatMap((each, index) => {
        const needed = 6 * each.newTimeout + (each.window ?? 0);
        return [
          ...(each.memory === each.newMemory ? [] : [`Resources.F${index}.Properties.MemorySize`]),
          ...(each.timeout === each.newTimeout ? [] : [`Resources.F${index}.Properties.Timeout`]),
          ...(needed <= each.visibility
            ? []
            : [`Resources.Q${index}.Properties.VisibilityTimeout`]),
        ];
      });
      expect(elsewhere).toEqual([]);
      expect(differences(text, after).toSorted()).toEqual(expected.toSorted());
      // Everything that is no digit of a value stays: comments, line ends, the byte order mark.
      expect(after.replaceAll(/\d+/g, '')).toBe(text.replaceAll(/\d+/g, ''));
    }),
    { numRuns: runs(300) },
  );
});
