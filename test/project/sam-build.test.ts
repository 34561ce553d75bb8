import { expect, test } from 'vitest';
import { onlyFunction, projectOf, type Texts } from './memory-files.ts';

const TEMPLATE = (uri: string): string => `Resources:
  Orders:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties: { EntryPoints: [src/app.ts] }
    Properties: { CodeUri: ${uri}, Handler: app.handler, Runtime: nodejs22.x }
`;

const files = (sourceAtMs: number): Texts => ({
  'template.yaml': { text: TEMPLATE('.'), atMs: 1 },
  'src/app.ts': { text: '', atMs: sourceAtMs },
  'node_modules/x/index.js': { text: '', atMs: 900 },
  '.aws-sam/build/template.yaml': { text: TEMPLATE('Orders'), atMs: 500 },
  '.aws-sam/build/Orders/app.js': { text: '', atMs: 499 },
});

test.each(['template.yaml', '.aws-sam/build/template.yaml'])(
  'the code of a SAM function is that of its build, whichever template is named: %s',
  (file) => {
    const { code, build } = onlyFunction(projectOf(file, files(100)));
    expect(code).toMatchObject({ kind: 'folder', folder: '/project/.aws-sam/build/Orders' });
    expect(build).toEqual({ command: 'sam build', state: 'fresh', newer: null });
  },
);

test.each(['template.yaml', '.aws-sam/build/template.yaml'])(
  'a build that is older than its source is told with the file and the command: %s',
  (file) => {
    const { build } = onlyFunction(projectOf(file, files(501)));
    expect(build).toEqual({
      command: 'sam build',
      state: 'older',
      newer: '/project/src/app.ts',
    });
  },
);

test("without a build, the entry points of SAM's esbuild are kept with the source", () => {
  const { code, build } = onlyFunction(
    projectOf('template.yaml', { 'template.yaml': TEMPLATE('.'), 'src/app.ts': '' }),
  );
  expect(build).toBeNull();
  expect(code).toEqual({ kind: 'folder', folder: '/project', entries: ['src/app.ts'] });
});
