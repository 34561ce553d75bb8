import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { ProjectFiles } from './project-files.ts';
import { systemCodeOf } from '../contract/shared/thrown.ts';

/** The files as this machine has them. */
export const filesOfThisMachine: ProjectFiles = {
  read: (file) => orNull(() => readFileSync(file, 'utf8')),
  kindOf: (file) => orNull(() => (statSync(file).isDirectory() ? 'folder' : 'file')),
  modifiedMs: (file) => orNull(() => statSync(file).mtimeMs),
  list: (folder) => orNull(() => readdirSync(folder)) ?? [],
};

const NOTHING_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

function orNull<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    const code = systemCodeOf(error) ?? '';
    if (NOTHING_THERE.has(code)) return null;
    throw error;
  }
}
