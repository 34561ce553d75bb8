import path from 'node:path';
import { parseTemplate } from '../document/parse-document.ts';
import { findNewest } from '../find-newest.ts';
import type { Project, ProjectBuild, ProjectFunction, ProjectTerms } from '../project-function.ts';
import type { ProjectFiles } from '../project-files.ts';
import { readCloudFormation } from './read-cloudformation.ts';

interface Read {
  readonly project: Project;
  readonly problems: readonly string[];
}

const BUILT = path.join('.aws-sam', 'build');

/**
 * Joins a SAM template with its build. From the template the code is the build's, where it has one, as `sam
 * local invoke` does; from the build, its age is held against the source.
 */
export function withSamBuild(read: Read, files: ProjectFiles, terms: ProjectTerms): Read {
  const { project } = read;
  const folder = path.dirname(path.resolve(project.file));
  if (folder.endsWith(path.sep + BUILT)) return readBuild(read, folder, files, terms);
  const built = path.join(folder, BUILT, 'template.yaml');
  const other = readOther(built, files, terms);
  if (other === null) return read;
  const functions = project.functions.map((each) => {
    const mate = other.functions.find(({ resource }) => resource === each.resource);
    if (mate?.code.kind !== 'folder') return each;
    return { ...each, code: mate.code, layers: mate.layers, build: stateOf(each, built, files) };
  });
  return { ...read, project: { ...project, functions } };
}

function readBuild(read: Read, folder: string, files: ProjectFiles, terms: ProjectTerms): Read {
  const root = path.dirname(path.dirname(folder));
  const source = ['template.yaml', 'template.yml', 'template.json']
    .map((name) => readOther(path.join(root, name), files, terms))
    .find((each) => each !== null);
  if (source === undefined) return read;
  const functions = read.project.functions.map((each) => {
    const mate = source.functions.find(({ resource }) => resource === each.resource);
    const built = path.join(folder, path.basename(read.project.file));
    return mate === undefined ? each : { ...each, build: stateOf(mate, built, files) };
  });
  return { ...read, project: { ...read.project, functions } };
}

function readOther(file: string, files: ProjectFiles, terms: ProjectTerms): Project | null {
  const text = files.read(file);
  if (text === null) return null;
  const parsed = parseTemplate(file, text);
  return parsed.kind === 'parsed'
    ? readCloudFormation(parsed.template, files, terms).project
    : null;
}

/** SAM writes the template of a build at its end, so its time is that of the build. */
function stateOf({ code }: ProjectFunction, built: string, files: ProjectFiles): ProjectBuild {
  const builtMs = files.modifiedMs(built) ?? 0;
  const newest = code.kind === 'folder' ? findNewest(code.folder, files) : null;
  const isOlder = newest !== null && newest.modifiedMs > builtMs;
  return {
    command: 'sam build',
    state: isOlder ? 'older' : 'fresh',
    newer: isOlder ? newest.file : null,
  };
}
