import { filesOfThisMachine } from '../../../project/files-of-this-machine.ts';
import type { ParsedTemplate } from '../../../project/document/parse-document.ts';
import type { Project } from '../../../project/project-function.ts';
import { readProject } from '../../../project/read-project.ts';
import { UsageError } from '../usage-error.ts';
import type { TemplateOptions } from './template-options.ts';

/** Where stacks are taken to be, as for every function on this machine. */
const DEFAULT_REGION = 'us-east-1';

export interface OpenedTemplate {
  readonly project: Project;
  /** As it was parsed; `null` for a Terraform plan. */
  readonly template: ParsedTemplate | null;
}

/**
 * Reads the template of a project.
 *
 * @throws {UsageError}
 */
export function openTemplate(file: string, options: TemplateOptions): OpenedTemplate {
  const { parameters, problems } = readParameters(options.parameter ?? []);
  if (problems.length > 0) throw new UsageError(problems);
  const terms = { parameters, region: options.region ?? DEFAULT_REGION };
  const read = readProject(file, filesOfThisMachine, terms);
  if (read.kind === 'problem') throw new UsageError(read.problems);
  return read;
}

/** A text without "=" may be a value that was meant to stay unseen: it is counted, not shown. */
function readParameters(given: readonly string[]): {
  readonly parameters: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
} {
  const read = given.map((text) => /^([^=]+)=(.*)$/s.exec(text));
  const isOdd = read.includes(null);
  return {
    parameters: Object.fromEntries(
      read.flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[2] ?? '']])),
    ),
    problems: isOdd
      ? [
          `--parameter: wanted KEY=VALUE, number ${read.indexOf(null) + 1} of ${given.length} has no "="`,
        ]
      : [],
  };
}
