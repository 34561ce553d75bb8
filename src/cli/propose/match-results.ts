import { plainName } from '../../core/compare/checked-name.ts';
import type { Project, ProjectFunction } from '../../project/project-function.ts';
import { Unknown, type Setting } from '../../project/values/value.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { chooseFunction, findFunction } from '../../api/shared/project/choose-function.ts';
import type { ReadResult } from './read-results.ts';

export interface MatchedResult extends ReadResult {
  readonly own: ProjectFunction;
}

/**
 * Finds the function of the template that each result is of, and refuses what does not fit: two results for one
 * function, or a template that is not what the run found.
 *
 * @throws {UsageError}
 */
export function matchResults(
  results: readonly ReadResult[],
  project: Project,
  resource: string | undefined,
): readonly MatchedResult[] {
  if (resource !== undefined && results.length > 1) {
    throw new UsageError([
      `--resource: wanted one result for it, there are ${results.length}; without it, each is matched by its name`,
    ]);
  }
  const problems: string[] = [];
  const matched = results.flatMap((each): readonly MatchedResult[] => {
    const name = plainName(each.result.target.function);
    const own =
      resource === undefined ? findByName(project, name) : chooseFunction(project, resource);
    if (own !== null) return [{ ...each, own }];
    problems.push(
      `${each.file}: it is of ${name}, and ${project.file} has no such function; --resource says which one it is: ${project.functions.map((one) => one.resource).join(', ')}`,
    );
    return [];
  });
  problems.push(
    ...findMatchedTwice(matched),
    ...matched.flatMap((each) => changedSince(each, project)),
  );
  if (problems.length > 0) throw new UsageError(problems);
  return matched;
}

/** CloudFormation names a function after its stack and its logical id, and adds some letters of its own. */
const MADE_NAME = /^.+-([A-Za-z0-9]+)-[A-Za-z0-9]{8,}$/;

function findByName(project: Project, name: string): ProjectFunction | null {
  const found = findFunction(project, name);
  if (found !== null || project.format !== 'cloudformation') return found;
  const [, id] = MADE_NAME.exec(name) ?? [];
  // A long id is cut short there.
  const made = project.functions.filter(
    ({ resource }) =>
      id !== undefined && (resource === id || (id.length >= 10 && resource.startsWith(id))),
  );
  return made.length === 1 ? (made[0] ?? null) : null;
}

function findMatchedTwice(matched: readonly MatchedResult[]): readonly string[] {
  return matched.flatMap(({ own, file }, index) => {
    const first = matched.slice(0, index).find((each) => each.own === own);
    return first === undefined
      ? []
      : [
          `${file}: wanted one result for each function, ${first.file} is of ${own.resource} as well`,
        ];
  });
}

/** A result says what the function had; a template that says something else was changed since. */
function changedSince({ own, result, file }: MatchedResult, project: Project): readonly string[] {
  const { current } = result;
  const at = own.line === null ? project.file : `${project.file}:${own.line}`;
  if (current.memoryMb === null) {
    return [
      `${file}: it does not say what ${own.resource} had, so nobody can tell whether ${at} is still the same`,
    ];
  }
  const { memoryMb, timeoutSeconds } = project.defaults;
  const has = [
    differs('MB of memory', valueOrDefault(own.memoryMb, memoryMb), current.memoryMb),
    differs(
      's of timeout',
      valueOrDefault(own.timeoutSeconds, timeoutSeconds),
      current.timeoutSeconds,
    ),
  ].filter((each) => each !== null);
  return has.map(
    (text) =>
      `${file}: ${own.resource} (${at}) ${text}; it was changed since the run: measure it again, or put it back first`,
  );
}

function valueOrDefault(setting: Setting<number>, byDefault: number): number | null {
  return setting instanceof Unknown ? null : (setting ?? byDefault);
}

function differs(unit: string, is: number | null, was: number | null): string | null {
  if (is === null || was === null || is === was) return null;
  return `has ${is} ${unit}, and the result's function had ${was}`;
}
