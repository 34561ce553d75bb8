import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Variant } from './placeholders.ts';
import type { Template } from './template.ts';
import { zipArchive } from './zip-archive.ts';

/** What the build put into the package for deployments. */
export const PACKAGE_FOLDER = path.dirname(createRequire(import.meta.url).resolve('#package.json'));

/** Reads the synthesized template of one kind of deployment. */
export function readSynthesized(variant: Variant): Template {
  const packed = readFileSync(path.join(PACKAGE_FOLDER, 'dist', 'templates.json.br'));
  const templates = JSON.parse(brotliDecompressSync(packed).toString()) as Record<
    Variant,
    Template
  >;
  return templates[variant];
}

/** Packs the bundle that every stage's function runs. */
export function packStages(): Buffer {
  const folder = path.join(PACKAGE_FOLDER, 'dist', 'lambda');
  return zipArchive(
    readdirSync(folder)
      .sort()
      .map((name) => ({ name, data: readFileSync(path.join(folder, name)) })),
  );
}

export function packageVersion(): string {
  const text = readFileSync(path.join(PACKAGE_FOLDER, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
