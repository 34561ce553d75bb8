import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
let tarball: Buffer;
let files: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'powerdial-pack-'));
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  const [packed] = JSON.parse(stdout) as readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  tarball = readFileSync(path.join(folder, packed?.filename ?? ''));
  files = packed?.files.map((each) => each.path) ?? [];
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('types resolve for every way of importing the package', async () => {
  const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  if (checked.types === false) throw new Error('the package has no types');
  // Node 20.19 and later load ES modules by `require`; the types say so by their package's own type.
  const problems = checked.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM');
  expect(problems).toEqual([]);
  expect(Object.keys(checked.entrypoints)).toEqual(
    expect.arrayContaining(['.', './cdk', './emulator', './package.json']),
  );
});

test('publint finds nothing wrong with the package', async () => {
  const { messages } = await publint({
    pack: {
      tarball: tarball.buffer.slice(
        tarball.byteOffset,
        tarball.byteOffset + tarball.length,
      ) as ArrayBuffer,
    },
    level: 'suggestion',
  });
  expect(messages).toEqual([]);
});

test('the package holds what is used, and does not grow unseen', () => {
  // Measured 2026-11-28: 838 kB, of which 300 are what the stages run, and the command with them.
  expect(tarball.length).toBeLessThan(860_000);
  expect(files).toContain('dist/src/cli/main.js');
  expect(
    files.filter((file) => /^dist\/src\/(core|contract|stages|words|report|cloud)\//.test(file)),
  ).toEqual([]);
});
