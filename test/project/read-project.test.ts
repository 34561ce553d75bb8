import { expect, test } from 'vitest';
import { problemsOf, projectOf } from './memory-files.ts';

test.each([
  ['Resources:\n  A: [1, 2\n', /^\/project\/t\.yaml:3:1: it does not parse: /],
  ['Resources:\n\tA: 1\n', /^\/project\/t\.yaml:2:1: it does not parse: /],
  ['{"Resources": {"A": }', /^\/project\/t\.yaml:1:\d+: it does not parse: /],
  ['- a\n', /^\/project\/t\.yaml:1:1: wanted a map of keys, as a template has it, it is a list$/],
  ['', /it is empty$/],
  ['openapi: 3.0.0\n', /wanted a SAM or CloudFormation template .*; its keys are openapi$/],
])('a template that is none is told by file, line and column: %j', (text, problem) => {
  const [first = ''] = problemsOf('t.yaml', { 't.yaml': text });
  expect(first).toMatch(problem);
});

test.each([
  ['serverless.ts', /serverless\.ts is a program, which is not run to find values/],
  ['main.tf', /is Terraform's source; wanted its plan as JSON: terraform plan -out tfplan/],
  ['nothing.yaml', /^--template: there is no /],
  ['folder', /is a folder; it has template\.yaml$/],
])('what is no template is refused with what is wanted: %s', (file, problem) => {
  const files = { 'serverless.ts': '', 'main.tf': '', 'folder/template.yaml': '' };
  expect(problemsOf(file, files)).toEqual([expect.stringMatching(problem)]);
});

test('a template whose YAML aliases grow without end is refused', () => {
  const lines = Array.from(
    { length: 30 },
    (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`,
  );
  const [problem] = problemsOf('t.yaml', { 't.yaml': `a0: &a0 [x]\n${lines.join('\n')}\n` });
  expect(problem).toMatch(/wanted at most 500000 values, aliases make it more$/);
});

test('a template with a key twice is read with the last one, and a notice', () => {
  const text =
    'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { Timeout: 1, Timeout: 2 }\n';
  const { functions, notices } = projectOf('t.yaml', { 't.yaml': text });
  expect(functions[0]?.timeoutSeconds).toBe(2);
  expect(notices).toEqual([
    '/project/t.yaml:4: a key stands twice in the same map; the last one counts.',
  ]);
});

test('brackets that go on left of their key, as PyYAML takes them, are read', () => {
  const text = `Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Policies: [{
        "Effect": "Allow"
      }]
      Layers: [
      !Sub 'a:\${AWS::Region}',
      b
      ]
      Timeout: 7
`;
  const { functions, notices } = projectOf('t.yaml', { 't.yaml': text });
  expect(functions).toMatchObject([{ timeoutSeconds: 7, line: 2, layers: [{}, {}] }]);
  expect(notices).toEqual([]);
});
