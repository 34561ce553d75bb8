import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { HandlerLocation } from './handler-location.ts';

/** A package that the managed runtime brings along, and the handler's own tree lacks. */
export interface BroughtPackage {
  readonly name: string;
  /** Of Powerdial's own, or for Python of the machine's, which takes its place; `null` where there is none either. */
  readonly version: string | null;
}

/**
 * Packages of the AWS SDK that the handler's file names and that are not installed for it: on Lambda the
 * managed runtime brings them ("Building Lambda functions with Node.js", Developer Guide, 2026-11).
 */
export function broughtPackages(location: HandlerLocation): readonly BroughtPackage[] {
  switch (location.kind) {
    case 'node':
      return broughtInNode(location);
    case 'python':
      return broughtInPython(location);
    case 'bootstrap':
      return [];
  }
}

/** boto3, whose parts come with it ("Runtime dependencies in Python", Developer Guide, 2026-11). */
function broughtInPython({
  file,
  root,
  layers = [],
  interpreter,
}: Extract<HandlerLocation, { kind: 'python' }>): readonly BroughtPackage[] {
  const imports = /^\s*(?:import|from)\s+(?:boto3|botocore)\b/m.test(readFileSync(file, 'utf8'));
  const isPacked = [root, ...layers.map((layer) => path.join(layer, 'python'))].some((folder) =>
    existsSync(path.join(folder, 'boto3')),
  );
  if (!imports || isPacked || interpreter.boto3 !== null) return [];
  return [{ name: 'boto3', version: interpreter.lentBoto3?.version ?? null }];
}

function broughtInNode(
  location: Extract<HandlerLocation, { kind: 'node' }>,
): readonly BroughtPackage[] {
  const text = readFileSync(location.file, 'utf8');
  const names = new Set(text.match(/(?<=['"`])@(?:aws-sdk|smithy)\/[\w-]+/g) ?? []);
  return [...names]
    .filter((name) => folderOf(name, location.file) === null)
    .map((name) => ({ name, version: versionOf(name) }));
}

function versionOf(name: string): string | null {
  const folder = folderOf(name, import.meta.url);
  if (folder === null) return null;
  const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version?: string }).version ?? null;
}

/**
 * Tells where a file (its path or URL) finds a package; by the folder, because a package may hide its
 * package.json.
 */
function folderOf(name: string, file: string): string | null {
  const folders = createRequire(file).resolve.paths(name) ?? [];
  return folders.map((folder) => path.join(folder, name)).find(existsSync) ?? null;
}
