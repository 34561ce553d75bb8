import type { ProjectFiles } from './project-files.ts';
import type { ProjectLayer } from './project-function.ts';

/** Tells whether a place can be run from: a folder, or one file of a program. */
export function placeOf(folder: string, uri: string, files: ProjectFiles): ProjectLayer {
  switch (files.kindOf(folder)) {
    case 'folder':
      return { kind: 'folder', folder };
    case 'file':
      return elsewhere(`its code is the archive ${uri}; unpack it and name the folder by --root`);
    case null:
      return elsewhere(`its code is to be at ${uri} (${folder}), and there is nothing`);
  }
}

export function elsewhere(why: string): Extract<ProjectLayer, { kind: 'elsewhere' }> {
  return { kind: 'elsewhere', why };
}
