import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readIfThere } from './read-if-there.ts';

/**
 * Tells where the bundle goes: a folder from which packages are found as from the handler's own, level by
 * level of `node_modules` above it.
 */
export function bundlePlace(file: string, folder: string): string {
  const levels: string[] = [];
  for (let own = path.dirname(file); ; own = path.dirname(own)) {
    const modules = path.join(own, 'node_modules');
    if (path.basename(own) !== 'node_modules' && existsSync(modules)) levels.unshift(modules);
    if (path.dirname(own) === own) break;
  }
  let place = folder;
  mkdirSync(place, { recursive: true });
  for (const [index, modules] of levels.entries()) {
    if (index > 0) place = path.join(place, 'in');
    mkdirSync(place, { recursive: true });
    const link = path.join(place, 'node_modules');
    if (!existsSync(link)) symlinkSync(modules, link, 'dir');
  }
  return place;
}

/** What a package with native code has among its dependencies or settings. */
const NATIVE =
  /"(?:bindings|node-gyp-build|node-gyp-build-optional-packages|prebuild-install|@mapbox\/node-pre-gyp|node-addon-api|gypfile|napi)"\s*:|"[^"]*-(?:linux|linuxmusl)-(?:x64|arm64)(?:-[a-z]+)?"\s*:/;

/** Packages with native code cannot be bundled: they look for their files beside their own. */
export function nativePackages(file: string): readonly string[] {
  const folders = createRequire(file).resolve.paths('any') ?? [];
  return [...new Set(folders.filter((folder) => existsSync(folder)).flatMap(nativeIn))];
}

function nativeIn(modules: string): readonly string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(path.join(modules, name)).map((inner) => `${name}/${inner}`)
        : [name],
    )
    .filter((name) => NATIVE.test(readIfThere(path.join(modules, name, 'package.json'))));
}
