import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder that is packed when a module is deployed, and so stands for Lambda's `/var/task`: the nearest
 * one with a package.json, else the module's own.
 */
export function nearestTaskRoot(file: string): string {
  const own = path.dirname(file);
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (path.dirname(folder) === folder) return own;
  }
}

/** Tells where the handler of a location starts to work. */
export function taskRootOf({
  root,
  file,
}: {
  readonly root?: string;
  readonly file: string;
}): string {
  return root ?? path.dirname(file);
}
