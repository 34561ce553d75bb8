import { chooseFunction } from '../../api/shared/project/choose-function.ts';
import { localSource, type LocalSource } from '../../api/shared/project/local-source.ts';
import { openTemplate } from '../../api/shared/project/open-template.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { Terminal } from '../shared/terminal.ts';
import type { ServeOptions } from './serve-options.ts';

/**
 * Returns the functions of all templates that can run here. One that cannot is named, and refused where it was
 * asked for.
 *
 * @throws {UsageError}
 */
export function readServedSources(
  options: ServeOptions,
  { stderr }: Pick<Terminal, 'stderr'>,
): readonly LocalSource[] {
  const { template = [], resource } = options;
  const problems: string[] = [];
  const sources = template.flatMap((file) => {
    const { project } = openTemplate(file, {
      ...(options.parameter === undefined ? {} : { parameter: options.parameter }),
      ...(options.region === undefined ? {} : { region: options.region }),
    });
    const functions =
      resource === undefined
        ? project.functions.filter(({ isHelper }) => !isHelper)
        : resource.map((name) => chooseFunction(project, name));
    return functions.flatMap((each) => {
      const found = localSource(project, each, options.root);
      if (found.kind === 'found') return [found.source];
      problems.push(found.problem);
      return [];
    });
  });
  if (problems.length > 0 && (resource !== undefined || sources.length === 0)) {
    throw new UsageError(problems);
  }
  if (sources.length === 0) {
    throw new UsageError(template.map((file) => `--template: ${file} has no function to serve`));
  }
  for (const problem of problems) stderr.write(`Not served: ${problem}\n`);
  return sources;
}
