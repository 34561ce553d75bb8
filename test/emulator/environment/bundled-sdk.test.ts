import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { broughtPackages } from '../../../src/emulator/environment/brought-packages.ts';
import { HANDLERS, invoke, startHost } from './start-host.ts';

// Outside of this project, where nothing is installed.
const folder = mkdtempSync(path.join(tmpdir(), 'bundled-sdk-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

const start = (handler: string) => startHost(path.relative(HANDLERS, handler));

const ESM = file(
  'esm.mjs',
  "import { SQSClient } from '@aws-sdk/client-sqs'; export const handler = async () => SQSClient.name;",
);
const COMMON = file(
  'common.cjs',
  "const { SQSClient } = require('@aws-sdk/client-sqs'); exports.handler = async () => SQSClient.name;",
);
const ABSENT = file(
  'absent.mjs',
  "import * as absent from '@aws-sdk/client-absent'; export const handler = async () => absent;",
);

test.each([
  ['ES module', ESM],
  ['CommonJS', COMMON],
])('a client of the AWS SDK that the handler has not installed is lent: %s', async (_, handler) => {
  const { text } = await invoke(await start(handler));
  expect(text).toBe('"SQSClient"');
});

test("the handler's own client comes first, and what nobody has is missing by its name", async () => {
  file(
    'own/node_modules/@aws-sdk/client-sqs/package.json',
    '{"version":"0.0.1","main":"index.js"}',
  );
  file('own/node_modules/@aws-sdk/client-sqs/index.js', 'exports.SQSClient = class Own {};');
  const own = file('own/handler.mjs', readFileSync(ESM, 'utf8'));
  expect((await invoke(await start(own))).text).toBe('"Own"');
  const { json } = await invoke(await start(ABSENT));
  expect(json).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
    errorMessage: expect.stringContaining('@aws-sdk/client-absent') as string,
  });
  expect(broughtPackages({ kind: 'node', file: own, exportName: 'handler' })).toEqual([]);
});

test('packages that the handler names and has not installed are told with the version that is lent', () => {
  const location = (at: string) => ({ kind: 'node' as const, file: at, exportName: 'handler' });
  const manifest = path.resolve('node_modules/@aws-sdk/client-sqs/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  expect(broughtPackages(location(COMMON))).toEqual([{ name: '@aws-sdk/client-sqs', version }]);
  expect(broughtPackages(location(ABSENT))).toEqual([
    { name: '@aws-sdk/client-absent', version: null },
  ]);
});
