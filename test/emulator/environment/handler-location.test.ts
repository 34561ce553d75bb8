import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { locateHandler } from '../../../src/emulator/environment/handler-location.ts';
import { HANDLERS } from './start-host.ts';

const at = (name: string) => path.join(HANDLERS, name);
const root = path.resolve(import.meta.dirname, '../../..');
const node = `nodejs${process.versions.node.split('.')[0] ?? ''}.x`;
const folder = mkdtempSync(path.join(tmpdir(), 'handler-location-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a module', 'endings.mjs', { kind: 'node', file: at('endings.mjs'), exportName: 'handler' }],
  [
    'an export',
    'endings.mjs#answers',
    { kind: 'node', file: at('endings.mjs'), exportName: 'answers' },
  ],
  [
    'a nested export',
    'endings.mjs#a.b',
    { kind: 'node', file: at('endings.mjs'), exportName: 'a.b' },
  ],
  ['CommonJS', 'common.cjs', { kind: 'node', file: at('common.cjs'), exportName: 'handler' }],
])('a handler is found in %s', async (_, name, location) => {
  expect(await locateHandler(at(name))).toEqual({
    kind: 'found',
    location: { ...location, root },
    runtime: node,
  });
});

test.each(['own-runtime', 'own-runtime/', 'own-runtime/bootstrap'])(
  'a handler is found in %s',
  async (name) => {
    expect(await locateHandler(at(name))).toEqual({
      kind: 'found',
      location: {
        kind: 'bootstrap',
        file: at('own-runtime/bootstrap'),
        root: at('own-runtime'),
      },
      runtime: 'provided.al2023',
    });
  },
);

test.each([
  ['endings.answers', 'endings.mjs', 'answers'],
  ['endings.nested.handler', 'endings.mjs', 'nested.handler'],
  ['common.handler', 'common.cjs', 'handler'],
])("Lambda's own notation %s names an export of a module", async (name, file, exportName) => {
  expect(await locateHandler(at(name))).toMatchObject({ location: { file: at(file), exportName } });
});

test('a handler counts from the root first, which is the folder that it starts in', async () => {
  const location = { file: at('common.cjs'), root: HANDLERS };
  expect(await locateHandler('common.cjs', HANDLERS)).toMatchObject({ location });
  expect(await locateHandler('common.handler', HANDLERS)).toMatchObject({ location });
  // What is not there counts from the working directory.
  const relative = path.relative(process.cwd(), at('common.cjs'));
  expect(await locateHandler(relative, folder)).toMatchObject({ location: { root: folder } });
  expect(await locateHandler('common.cjs', path.join(folder, 'nowhere'))).toMatchObject({
    message: expect.stringContaining('is no folder') as string,
  });
});

test('a relative path of a handler counts from the working directory', async () => {
  const relative = path.relative(process.cwd(), at('common.cjs'));
  expect(await locateHandler(relative)).toMatchObject({ location: { file: at('common.cjs') } });
});

test('a # in the name of a file that exists is part of the name', async () => {
  const file = path.join(folder, 'c#.mjs');
  writeFileSync(file, 'export const handler = () => 1;');
  expect(await locateHandler(file)).toMatchObject({ location: { file, exportName: 'handler' } });
  expect(await locateHandler(`${file}#other`)).toMatchObject({
    location: { file, exportName: 'other' },
  });
});

test.each([
  ['nowhere.mjs', /no such file or folder/],
  ['nowhere.mjs#handler', /No handler at .*nowhere\.mjs \(/],
  ['.', /holds no file named bootstrap/],
  ['not-executable', /chmod \+x .*not-executable\/bootstrap/],
  ['no-shebang', /#! line/],
  ['endings.mjs#', /names no export/],
  ['own-runtime/../../handlers/endings.mjs/x', /no such file/],
])('a handler that cannot be found is refused with what is wrong: %s', async (name, message) => {
  expect(await locateHandler(at(name))).toEqual({
    kind: 'problem',
    message: expect.stringMatching(message) as string,
    isMissing: /^nowhere|\/x$/.test(name),
  });
});

test('a handler in another language is refused, saying that it needs a bootstrap', async () => {
  const file = path.join(folder, 'app.rb');
  writeFileSync(file, 'pass');
  expect(await locateHandler(file)).toMatchObject({
    message: expect.stringMatching(/\.js, \.mjs, \.cjs.*\.py.*bootstrap/s) as string,
  });
});
