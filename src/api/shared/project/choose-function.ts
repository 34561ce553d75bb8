import { nearest } from '../../../contract/shared/nearest.ts';
import type { Project, ProjectFunction } from '../../../project/project-function.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Returns the function of a project that is meant: the one that is named, or the only one.
 *
 * @throws {UsageError}
 */
export function chooseFunction(project: Project, resource: string | undefined): ProjectFunction {
  if (resource !== undefined) return chooseByName(project, resource);
  const own = project.functions.filter(({ isHelper }) => !isHelper);
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  const [theFirst] = project.functions;
  if (theFirst !== undefined && project.functions.length === 1) return theFirst;
  throw new UsageError([
    own.length === 0
      ? `--template: ${project.file} has no function${beside(project)}`
      : `--template: ${project.file} has ${own.length} functions; wanted one of them by --resource: ${namesOf(own)}${beside(project)}`,
  ]);
}

/** Returns the function that goes by a name: its own, the one on AWS, or one that people use for it. */
export function findFunction(project: Project, name: string): ProjectFunction | null {
  const { functions } = project;
  const exact =
    functions.find(({ resource }) => resource === name) ??
    functions.find(({ name: onAws }) => onAws === name);
  if (exact !== undefined) return exact;
  const others = functions.filter(({ otherNames }) => otherNames.includes(name));
  return others.length === 1 ? (others[0] ?? null) : null;
}

function chooseByName(project: Project, resource: string): ProjectFunction {
  const found = findFunction(project, resource);
  if (found !== null) return found;
  const names = project.functions.flatMap((each) => [each.resource, ...each.otherNames]);
  const meant = nearest(resource, names);
  throw new UsageError([
    `--resource: ${project.file} has no function ${resource}; it has ${namesOf(project.functions)}${meant === null ? '' : `; did you mean ${meant}?`}${beside(project)}`,
  ]);
}

function namesOf(functions: readonly ProjectFunction[]): string {
  return functions.length === 0 ? 'none' : functions.map(({ resource }) => resource).join(', ');
}

/** Names what could not be read of a project, since the function may be there. */
function beside({ notices }: Project): string {
  return notices.length === 0 ? '' : `. ${notices.join(' ')}`;
}
