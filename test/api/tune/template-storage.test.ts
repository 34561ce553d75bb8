import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourceOf } from '../../../src/api/shared/project/source-of.ts';
import { localFunction } from '../../../src/api/tune/open-local.ts';

const FOLDER = mkdtempSync(path.join(os.tmpdir(), 'powerdial-storage-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

test('a local function has the ephemeral storage of its template, and what the template does not say is 512 MB', async () => {
  writeFileSync(path.join(FOLDER, 'app.mjs'), 'export const handler = async () => 1;');
  const own = (name: string, more: string): string =>
    `  ${name}: { Type: AWS::Serverless::Function, Properties: { CodeUri: ., Handler: app.handler, Runtime: nodejs22.x${more} } }\n`;
  const template = path.join(FOLDER, 'template.yaml');
  const text = `Resources:\n${own('Large', ', EphemeralStorage: { Size: 2048 }')}${own('Plain', '')}`;
  writeFileSync(template, text);
  const storageOf = async (resource: string): Promise<number | undefined> => {
    const source = sourceOf(template, resource, {});
    const made = await localFunction(source.handler, {}, {}, source);
    await made.host.close();
    return made.ephemeralStorageMb;
  };
  expect(await storageOf('Large')).toBe(2048);
  // Left to the endpoint, whose default is Lambda's.
  expect(await storageOf('Plain')).toBeUndefined();
});
