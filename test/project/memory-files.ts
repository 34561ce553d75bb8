import path from 'node:path';
import type { ProjectFiles } from '../../src/project/project-files.ts';
import type { Project, ProjectFunction } from '../../src/project/project-function.ts';
import { readProject } from '../../src/project/read-project.ts';

export type Texts = Readonly<
  Record<string, string | { readonly text: string; readonly atMs: number }>
>;

/** A project that stands in memory; names count from `/project`. */
export function memoryFiles(texts: Texts): ProjectFiles {
  const files = new Map(
    Object.entries(texts).map(([name, each]) => [
      path.resolve('/project', name),
      typeof each === 'string' ? { text: each, atMs: 0 } : each,
    ]),
  );
  const at = (file: string): string => path.resolve('/project', file);
  const isFolder = (file: string): boolean =>
    [...files.keys()].some((each) => each.startsWith(`${at(file)}${path.sep}`));
  return {
    read: (file) => files.get(at(file))?.text ?? null,
    kindOf: (file) => (files.has(at(file)) ? 'file' : isFolder(file) ? 'folder' : null),
    modifiedMs: (file) => files.get(at(file))?.atMs ?? null,
    list: (folder) => [
      ...new Set(
        [...files.keys()]
          .filter((each) => each.startsWith(`${at(folder)}${path.sep}`))
          .map((each) => path.relative(at(folder), each).split(path.sep)[0] ?? ''),
      ),
    ],
  };
}

/** The project that a template in memory describes. */
export function projectOf(
  file: string,
  texts: Texts,
  parameters: Readonly<Record<string, string>> = {},
): Project {
  const read = readProject(`/project/${file}`, memoryFiles(texts), {
    parameters,
    region: 'eu-west-1',
  });
  if (read.kind === 'problem') throw new Error(read.problems.join('\n'));
  return read.project;
}

/** What is wrong with a template in memory. */
export function problemsOf(
  file: string,
  texts: Texts,
  parameters: Readonly<Record<string, string>> = {},
): readonly string[] {
  const read = readProject(`/project/${file}`, memoryFiles(texts), {
    parameters,
    region: 'eu-west-1',
  });
  return read.kind === 'problem' ? read.problems : [];
}

/** The only function of a project. */
export function onlyFunction(project: Project): ProjectFunction {
  const [only] = project.functions;
  if (only === undefined || project.functions.length !== 1) {
    throw new Error(`wanted one function, there are ${project.functions.length}`);
  }
  return only;
}
