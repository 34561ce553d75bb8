import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { locateHandler } from '../../../src/emulator/environment/handler-location.ts';
import { HANDLERS } from './start-host.ts';

const at = (name: string) => path.join(HANDLERS, name);
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
  expect(await locateHandler(at(name))).toEqual({ kind: 'found', location, runtime: node });
});

test.each(['own-runtime', 'own-runtime/', 'own-runtime/bootstrap'])(
  'a handler is found in %s',
  async (name) => {
    expect(await locateHandler(at(name))).toEqual({
      kind: 'found',
      location: { kind: 'bootstrap', file: at('own-runtime/bootstrap') },
      runtime: 'provided.al2023',
    });
  },
);

test('takes a relative path from the working directory', async () => {
  const relative = path.relative(process.cwd(), at('common.cjs'));
  expect(await locateHandler(relative)).toMatchObject({ location: { file: at('common.cjs') } });
});

test('takes a # in the name of a file that exists as part of the name', async () => {
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
])('explains what is wrong with %s', async (name, message) => {
  expect(await locateHandler(at(name))).toEqual({
    kind: 'problem',
    message: expect.stringMatching(message) as string,
    isMissing: /^nowhere|\/x$/.test(name),
  });
});

test('explains that other languages need a bootstrap', async () => {
  const file = path.join(folder, 'app.py');
  writeFileSync(file, 'pass');
  expect(await locateHandler(file)).toMatchObject({
    message: expect.stringMatching(/\.mjs, \.cjs, \.js.*bootstrap/s) as string,
  });
});
