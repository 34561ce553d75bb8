import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from '../../../../src/api/shared/usage-error.ts';
import { locationNotices } from '../../../../src/api/shared/handler/location-notices.ts';
import { readSurroundings } from '../../../../src/api/shared/handler/handler-surroundings.ts';
import { sourceOf } from '../../../../src/api/shared/project/source-of.ts';
import { locateHandler } from '../../../../src/emulator/index.ts';

const FOLDER = mkdtempSync(path.join(os.tmpdir(), 'powerdial-template-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function put(name: string, text: string): string {
  const file = path.join(FOLDER, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

put('src/app.js', '');
put('src/deep/job.mjs', '');
put('bundled/src/app.ts', '');
put('go/bootstrap', '');
put('py/shop/app.py', 'def handler(event, context):\n    return event\n');
put('py/lines/__init__.py', '');
put('layer/nodejs/x.js', '');
const own = (name: string, more: string): string =>
  `  ${name}: { Type: AWS::Serverless::Function, ${more} }\n`;
const props = (more: string): string => `Properties: { ${more} }`;
const TEMPLATE = put(
  'template.yaml',
  `Resources:\n${[
    own(
      'App',
      props('CodeUri: src, Handler: app.handler, Runtime: nodejs22.x, MemorySize: 320, Timeout: 9'),
    ),
    own(
      'Job',
      props('CodeUri: src, Handler: deep/job.run.now, Runtime: nodejs22.x, FunctionName: the-job'),
    ),
    own(
      'Bundled',
      `Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [src/app.ts] } }, ${props('CodeUri: bundled, Handler: app.handler, Runtime: nodejs22.x')}`,
    ),
    own('Go', props('CodeUri: go, Handler: bootstrap, Runtime: provided.al2023')),
    own('Java', props('CodeUri: src, Handler: a.B::c, Runtime: java21')),
    own('Typo', props('CodeUri: src, Handler: ap.handler, Runtime: nodejs22.x')),
    own(
      'Open',
      props(
        'CodeUri: src, Handler: app.handler, Runtime: nodejs22.x, MemorySize: !Ref Gone, Layers: [!Ref Lib], Environment: { Variables: { AA: "1", BB: !Ref Gone, AWS_REGION: here } }',
      ),
    ),
  ].join('')}  Lib: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: layer } }\n`,
);
const problemOf = (resource: string | undefined, root?: string): string => {
  try {
    sourceOf(TEMPLATE, resource, root === undefined ? {} : { root });
    return '';
  } catch (error) {
    if (error instanceof UsageError) return error.problems.join('\n');
    throw error;
  }
};

test('a function of a template becomes what --local would name, with its own memory and timeout', () => {
  expect(sourceOf(TEMPLATE, 'App', {})).toMatchObject({
    name: 'App',
    handler: `${path.join(FOLDER, 'src', 'app.js')}#handler`,
    root: path.join(FOLDER, 'src'),
    memoryMb: 320,
    timeoutSeconds: 9,
  });
});

test('what a template does not say is as Lambda has it, and a function goes by the name that it has on AWS', () => {
  expect(sourceOf(TEMPLATE, 'the-job', {})).toMatchObject({
    name: 'the-job',
    handler: `${path.join(FOLDER, 'src', 'deep', 'job.mjs')}#run.now`,
    memoryMb: 128,
    timeoutSeconds: 3,
  });
});

test("without a build, the entry point of SAM's esbuild runs in place of the module that it makes", () => {
  expect(sourceOf(TEMPLATE, 'Bundled', {}).handler).toBe(
    `${path.join(FOLDER, 'bundled', 'src', 'app.ts')}#handler`,
  );
});

test('a function in Python is its module, which counts from the folder of its code', async () => {
  const template = put(
    'python.yaml',
    `Resources:\n${[
      own('Slashes', props('CodeUri: py, Handler: shop/app.handler, Runtime: python3.12')),
      own('Dots', props('CodeUri: py, Handler: shop.app.handler, Runtime: python3.12')),
      own('Package', props('CodeUri: py, Handler: lines.handler, Runtime: python3.12')),
      own('Missing', props('CodeUri: py, Handler: app.handler, Runtime: python3.12')),
    ].join('')}`,
  );
  const handlerOf = (resource: string) => sourceOf(template, resource, {}).handler;
  const app = `${path.join(FOLDER, 'py', 'shop', 'app.py')}#handler`;
  expect(handlerOf('Slashes')).toBe(app);
  expect(handlerOf('Dots')).toBe(app);
  expect(handlerOf('Package')).toBe(`${path.join(FOLDER, 'py', 'lines', '__init__.py')}#handler`);
  expect(() => handlerOf('Missing')).toThrow(/its handler app\.handler is not in .*py/);
  const { handler, root, runtime } = sourceOf(template, 'Dots', {});
  expect(runtime).toBe('python3.12');
  const told = path.join(FOLDER, 'python');
  writeFileSync(
    told,
    `#!/bin/sh\necho '${JSON.stringify({ version: [3, 11, 9], executable: told, base: null, userPackages: null, boto3: null })}'\n`,
    { mode: 0o755 },
  );
  const located = await locateHandler(handler, root, told);
  if (located.kind === 'problem') throw new Error(located.message);
  expect(located.location).toMatchObject({ module: 'shop/app', root });
  expect(locationNotices(handler, located.location, runtime)).toEqual([
    `The handler runs with Python 3.11.9: ${told} (--python).`,
    'The template says python3.12: --python names another Python.',
  ]);
});

test("a template's function with a custom runtime is run from the folder of its bootstrap", () => {
  expect(sourceOf(TEMPLATE, 'Go', {}).handler).toBe(path.join(FOLDER, 'go'));
});

test.each([
  ['Java', /Java \(.*template\.yaml:6\): its runtime java21 does not run here/],
  [
    'Typo',
    /its handler ap\.handler is not in .*src; did you mean app\?.*sam build makes what runs/,
  ],
  ['Apps', /--resource: .* has no function Apps; it has App, Job, .*; did you mean App\?/],
  [
    undefined,
    /has 7 functions; wanted one of them by --resource: App, Job, Bundled, Go, Java, Typo, Open/,
  ],
])('a function that cannot be run is refused by name: %s', (resource, problem) => {
  expect(problemOf(resource)).toMatch(problem);
});

test('--root names the folder of the code in place of what the template says', () => {
  expect(problemOf('App', path.join(FOLDER, 'layer'))).toMatch(/app\.handler is not in .*layer/);
});

test('options win over the variables of a template, and what is still unknown is said by name alone', async () => {
  const source = sourceOf(TEMPLATE, 'Open', {});
  expect(source.memoryMb).toBeNull();
  const { environment, layers, notices } = await readSurroundings({ env: ['AA=2'] }, source);
  expect(environment).toEqual({ AA: '2' });
  expect(layers['NODE_PATH']).toContain(path.join(FOLDER, 'layer', 'nodejs', 'node_modules'));
  expect(notices.join('\n')).toMatch(
    /The memory of Open is not known: the template has nothing named Gone\./,
  );
  expect(notices.join('\n')).toMatch(/Open: AWS_REGION left out/);
  expect(notices.join('\n')).toMatch(
    /Open runs without BB \(the template has nothing named Gone\)\. --env NAME=VALUE/,
  );
  const filled = await readSurroundings({ env: ['BB=x'] }, source);
  expect(filled.notices.join('\n')).not.toMatch(/runs without/);
});
