import path from 'node:path';
import type { ProjectFiles } from './project-files.ts';

/** What builds and package managers write, so that it says nothing about the age of the source. */
const NOT_SOURCE: ReadonlySet<string> = new Set([
  ...['node_modules', '.git', '.aws-sam', 'cdk.out', '.serverless', '.terraform', 'dist', 'build'],
  ...['coverage', '__pycache__', '.venv', 'venv', 'target', 'bin', 'obj', '.pytest_cache', '.idea'],
]);

/** So many files are looked at: beyond that the answer is not worth the time. */
const MOST_FILES = 5000;

/**
 * Returns the file of a folder that was written last; `null` where it has none.
 *
 * @param counts names of files that count
 */
export function findNewest(
  folder: string,
  files: ProjectFiles,
  counts = /^/,
): { readonly file: string; readonly modifiedMs: number } | null {
  let newest: { readonly file: string; readonly modifiedMs: number } | null = null;
  const open = [folder];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const name of files.list(next)) {
      if (NOT_SOURCE.has(name) || ++seen > MOST_FILES) continue;
      const file = path.join(next, name);
      const kind = files.kindOf(file);
      if (kind === 'folder') open.push(file);
      else if (counts.test(name)) {
        const modifiedMs = files.modifiedMs(file) ?? 0;
        if (modifiedMs > (newest?.modifiedMs ?? -Infinity)) newest = { file, modifiedMs };
      }
    }
  }
  return newest;
}
