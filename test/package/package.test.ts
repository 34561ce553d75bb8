import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
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

test('the package stays under 700 kB, and holds no module twice', () => {
  // Measured 2026-11-28: 690 kB, of which 265 are what the stages run, and the command with them.
  expect(tarball.length).toBeLessThan(700_000);
  expect(files).toContain('dist/src/cli/main.js');
  expect(files).toContain('dist/licenses.txt');
  expect(
    files.filter((file) => /^dist\/src\/(core|contract|stages|words|report|cloud)\//.test(file)),
  ).toEqual([]);
});

/** As esbuild writes them: at the beginning of a statement, or asked for. */
const IMPORT = /(?:^|[;\n])(?:import|export)(?:[^"';]*?from)?"([^"\n]+)"|\bimport\("([^"\n]+)"\)/g;

test('what the stages run imports nothing from outside of its folder but Node itself', () => {
  const deployed = files.filter((file) => file.startsWith('dist/lambda/'));
  expect(deployed).toContain('dist/lambda/index.mjs');
  const imported = deployed.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, from, asked]) => from ?? asked ?? ''),
  );
  expect(imported).toContain('node:crypto');
  // The chain of credentials is asked only where the environment has none, which Lambda always has.
  const inLambda = (specifier: string): boolean =>
    /^(?:node:|\.\/[\w-]+\.mjs$)/.test(specifier) ||
    isBuiltin(specifier) ||
    specifier === '@aws-sdk/credential-provider-node';
  expect(imported.filter((specifier) => !inLambda(specifier))).toEqual([]);
});
