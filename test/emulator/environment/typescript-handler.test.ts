import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { locateHandler } from '../../../src/emulator/environment/handler-location.ts';
import { sourceNames } from '../../../src/emulator/environment/stack-sources.ts';
import {
  buildHandler,
  type BuiltHandler,
} from '../../../src/emulator/environment/typescript-handler.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'typescript-handler-'));
afterAll(() => rmSync(folder, { recursive: true }));

let projects = 0;

/** A project of its own, by default with the esbuild of this one. */
function project(files: Readonly<Record<string, string>>, hasEsbuild = true): string {
  projects += 1;
  const root = path.join(folder, `project-${projects}`);
  for (const [name, text] of Object.entries({ 'package.json': '{}', ...files })) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  if (!hasEsbuild) return root;
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  for (const name of ['esbuild', '@esbuild']) {
    symlinkSync(path.resolve('node_modules', name), path.join(root, 'node_modules', name));
  }
  return root;
}

async function build(root: string, spec: string): Promise<BuiltHandler> {
  const located = await locateHandler(path.join(root, spec));
  if (located.kind === 'problem') throw new Error(located.message);
  return buildHandler(located.location, path.join(root, '.bundle'));
}

async function load(root: string, spec: string): Promise<Record<string, () => unknown>> {
  const built = await build(root, spec);
  if (built.kind === 'problem') throw new Error(built.message);
  if (built.location.kind !== 'node') throw new Error('It is no module.');
  const url = pathToFileURL(built.location.built ?? '').href;
  return (await import(url)) as Record<string, () => unknown>;
}

test.each([
  ['CommonJS by default', '{}', 'app.ts', ''],
  ['an ES module where package.json says so', '{"type":"module"}', 'app.ts', ''],
  ['an ES module where it waits at its top level', '{}', 'app.ts', 'await Promise.resolve();'],
  ['an ES module by its extension', '{}', 'app.mts', ''],
])(
  'a handler in TypeScript is bundled with what it imports: %s',
  async (_, manifest, name, more) => {
    const root = project({
      'package.json': manifest,
      [`src/${name}`]: `import { twice } from './twice';\n${more}\nexport const handler = async (): Promise<number> => twice(21);\n`,
      'src/twice.ts': 'export const twice = (n: number): number => n * 2;\n',
    });
    expect(await (await load(root, `src/${name}`))['handler']?.()).toBe(42);
  },
);

test('Lambda’s notation finds TypeScript where there is no JavaScript beside it', async () => {
  const root = project({ 'src/app.ts': 'export const handler = (): number => 1;' });
  expect(await locateHandler(path.join(root, 'src/app.handler'))).toMatchObject({
    kind: 'found',
    location: { file: path.join(root, 'src/app.ts'), exportName: 'handler', root },
  });
  writeFileSync(path.join(root, 'src/app.js'), 'exports.handler = () => 1;');
  expect(await locateHandler(path.join(root, 'src/app.handler'))).toMatchObject({
    location: { file: path.join(root, 'src/app.js') },
  });
});

test('packages with native code are left out of a bundle, and found from it as from the handler, level by level', async () => {
  const root = project({
    'packages/api/package.json': '{"type":"module"}',
    'packages/api/app.ts':
      "import near from 'near';\nimport far from 'far';\nexport const handler = () => [near, far];",
    'packages/api/node_modules/near/package.json': '{"gypfile": true}',
    'packages/api/node_modules/near/index.js':
      "module.exports = require('path').basename(__dirname);",
    'node_modules/far/package.json': '{"dependencies": {"node-gyp-build": "4"}}',
    'node_modules/far/index.js': "module.exports = require('path').basename(__dirname);",
  });
  const { handler } = await load(root, 'packages/api/app.ts');
  expect(handler?.()).toEqual(['near', 'far']);
});

test('a syntax error is told by file, line and column', async () => {
  const root = project({
    'src/app.ts': "import './broken';\nexport const handler = () => 1;",
    'src/broken.ts': 'const fine = 1;\nconst x = ;\n',
  });
  expect(await build(root, 'src/app.ts')).toEqual({
    kind: 'problem',
    message: `${root}/src/app.ts cannot be bundled: ${root}/src/broken.ts:2:11: Unexpected ";" (const x = ;)`,
  });
});

test.each([
  ['{}', 'npx tsc'],
  ['{"scripts":{"build":"tsc -b"}}', 'npm run build'],
])(
  'without esbuild in its tree, a handler in TypeScript is answered with what helps (%s)',
  async (manifest, command) => {
    const root = project(
      { 'package.json': manifest, 'app.ts': 'export const handler = 1;' },
      false,
    );
    const { message } = (await build(root, 'app.ts')) as { readonly message: string };
    expect(message).toContain('npm install --save-dev esbuild');
    expect(message).toContain(command);
  },
);

test('a stack that names a bundle is made to name the files that it was made of', async () => {
  const root = project({
    'src/app.ts': "import { fail } from './fail';\nexport const handler = () => fail();",
    'src/fail.ts': '\n\nexport function fail(): void {\n  throw new Error("here");\n}',
  });
  const built = await build(root, 'src/app.ts');
  if (built.kind === 'problem' || built.location.kind !== 'node')
    throw new Error('It is not built.');
  const { built: file = '' } = built.location;
  const handler = (createRequire(file)(file) as { handler: () => void }).handler;
  let stack = '';
  try {
    handler();
  } catch (error) {
    stack = (error as Error).stack ?? '';
  }
  const named = sourceNames(built.location)(Buffer.from(stack)).toString();
  expect(named).toContain(`${root}/src/fail.ts:4:9`);
  expect(named).toContain(`${root}/src/app.ts:2:30`);
  expect(named).not.toContain(file);
  expect(readFileSync(file, 'utf8')).not.toContain('powerdialRequire');
});

test('a declaration is no handler', async () => {
  const root = project({ 'app.d.ts': 'export declare const handler: () => number;' });
  expect(await locateHandler(path.join(root, 'app.d.ts'))).toMatchObject({ kind: 'problem' });
});
