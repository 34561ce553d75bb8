import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundlePlace, nativePackages } from './bundle-place.ts';
import type { HandlerLocation } from './handler-location.ts';
import { isTypeScript } from './is-typescript.ts';

type NodeLocation = Extract<HandlerLocation, { kind: 'node' }>;

/** A handler that runs as it is, or was bundled; or why not, in words for whoever wrote it. */
export type BuiltHandler =
  | { readonly kind: 'built'; readonly location: HandlerLocation }
  | { readonly kind: 'problem'; readonly message: string };

/** The part of esbuild's API that is used; it is the user's, and none of ours. */
interface Esbuild {
  buildSync(options: object): unknown;
}

interface EsbuildMessage {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly lineText: string;
  } | null;
}

/** Problems beyond this many are left out. */
const MOST_ERRORS = 5;

/**
 * Bundles a handler in TypeScript as it is usually deployed: with the esbuild of its own project, one file,
 * everything in it but the AWS SDK, which the managed runtime brings, and packages with native code. What is
 * no TypeScript stays as it is.
 *
 * @param folder to be made for it; `null` where it is only tried, and nothing is written
 */
export function buildHandler(location: HandlerLocation, folder: string | null): BuiltHandler {
  if (location.kind !== 'node' || !isTypeScript(location.file)) return { kind: 'built', location };
  const esbuild = findEsbuild(location);
  if (esbuild === null) return { kind: 'problem', message: missingText(location) };
  const isModule = isEsModule(location.file);
  // A module that waits at its top level can be nothing but an ES module.
  const formats = isModule ? (['esm'] as const) : (['cjs', 'esm'] as const);
  let errors: readonly EsbuildMessage[] = [];
  for (const format of formats) {
    const name = path.parse(location.file).name;
    const place = folder === null ? null : bundlePlace(location.file, folder);
    const extension = format === 'esm' ? 'mjs' : 'cjs';
    const built = path.join(place ?? path.dirname(location.file), `${name}.${extension}`);
    const failed = bundle(esbuild, location, { format, built, isWritten: place !== null });
    if (failed === null) return { kind: 'built', location: { ...location, built } };
    errors = errors.length === 0 ? failed : errors;
    if (!failed.some(({ text }) => /top-level await/i.test(text))) break;
  }
  return { kind: 'problem', message: brokenText(location, errors) };
}

/** Null where it went well. */
function bundle(
  esbuild: Esbuild,
  location: NodeLocation,
  to: { readonly format: 'esm' | 'cjs'; readonly built: string; readonly isWritten: boolean },
): readonly EsbuildMessage[] | null {
  const major = process.versions.node.split('.')[0] ?? '20';
  try {
    esbuild.buildSync({
      absWorkingDir: location.root ?? path.dirname(location.file),
      entryPoints: [location.file],
      outfile: to.built,
      write: to.isWritten,
      bundle: true,
      platform: 'node',
      format: to.format,
      target: `node${major}`,
      sourcemap: 'linked',
      sourcesContent: false,
      external: ['@aws-sdk/*', '@smithy/*', ...nativePackages(location.file)],
      logLevel: 'silent',
      // CommonJS inside of an ES module asks for `require`.
      ...(to.format === 'esm' ? { banner: { js: REQUIRE } } : {}),
    });
    return null;
  } catch (error) {
    const { errors } = error as { readonly errors?: readonly EsbuildMessage[] };
    if (errors === undefined) throw error;
    return errors;
  }
}

/** Joined from parts, because our own bundles replace the expression wherever it stands in one piece. */
const OWN_URL = ['import', 'meta', 'url'].join('.');
const REQUIRE = `import { createRequire as powerdialRequire } from 'node:module'; const require = powerdialRequire(${OWN_URL});`;

/** From the handler's tree: never Powerdial's own. */
function findEsbuild({ file }: NodeLocation): Esbuild | null {
  const require = createRequire(file);
  let found: string;
  try {
    found = require.resolve('esbuild');
  } catch {
    return null;
  }
  return require(found) as Esbuild;
}

/** By the extension, and for `.ts` by the nearest package.json, as Node does for `.js`. */
function isEsModule(file: string): boolean {
  const extension = path.extname(file);
  if (extension === '.mts' || extension === '.cts') return extension === '.mts';
  return manifestAbove(file)?.['type'] === 'module';
}

function manifestAbove(file: string): Readonly<Record<string, unknown>> | null {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) {
      return JSON.parse(readFileSync(manifest, 'utf8')) as Readonly<Record<string, unknown>>;
    }
    if (path.dirname(folder) === folder) return null;
  }
}

function missingText({ file }: NodeLocation): string {
  const { scripts } = manifestAbove(file) ?? {};
  const builds = typeof (scripts as Record<string, unknown> | undefined)?.['build'] === 'string';
  return (
    `${file} is TypeScript, which is bundled with the esbuild of its own project, and none is installed there. ` +
    `Install it (npm install --save-dev esbuild), or build the handler (${builds ? 'npm run build' : 'npx tsc'}) and name the JavaScript file that comes of it.`
  );
}

function brokenText({ file, root }: NodeLocation, errors: readonly EsbuildMessage[]): string {
  const told = errors.slice(0, MOST_ERRORS).map(({ text, location }) => {
    if (location === null) return text;
    const where = path.resolve(root ?? path.dirname(file), location.file);
    return `${where}:${location.line}:${location.column + 1}: ${text} (${location.lineText.trim()})`;
  });
  const more = errors.length - told.length;
  return `${file} cannot be bundled: ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
