import type { CheckConfig, CheckConfigFunction } from '../../contract/check/check-config.ts';
import { entryName, isSameFunction } from '../../core/compare/checked-name.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import type { LocalSource } from '../shared/project/local-source.ts';
import { sourceOf } from '../shared/project/source-of.ts';
import { UsageError } from '../shared/usage-error.ts';
import type { CheckSettings } from './check-settings.ts';
import { findEntry } from './find-entry.ts';

/** An entry with the version that the command line names beside the function. */
export interface Entry extends CheckConfigFunction {
  readonly qualifier?: string | null;
  readonly sources?: { readonly head: LocalSource; readonly base: LocalSource | null };
}

/**
 * Lists what is to be checked, as the configuration would name it: handlers of `--local` or `--template`, the
 * function that is named, or all of the configuration. What is wrong goes to the problems.
 */
export function listEntries(
  functionName: string | undefined,
  options: CheckSettings,
  config: CheckConfig,
  problems: string[],
): readonly Entry[] {
  const local = options.local ?? [];
  const templates = options.template ?? [];
  problems.push(...sideProblems(functionName, options));
  if (problems.length > 0) return [];
  if (templates.length > 0) return templateEntries(templates, options);
  if (local.length > 0) {
    const [first = '', second] = local;
    return [{ local: second === undefined ? { head: first } : { base: first, head: second } }];
  }
  if (functionName !== undefined) return [namedEntry(functionName, options, config)];
  const entries = config.functions ?? [];
  if (entries.length === 0) {
    problems.push(
      'wanted something to check: a function on AWS, --local <base> --local <head>, --template <base> --template <head>, or functions in powerdial.config.json',
    );
  }
  return entries;
}

/** Tells what is wrong with how the sides on this machine are named. */
function sideProblems(
  functionName: string | undefined,
  { local = [], template = [], base }: CheckSettings,
): readonly string[] {
  const problems = Object.entries({ '--local': local, '--template': template }).flatMap(
    ([option, sides]) => [
      ...(sides.length > 0 && functionName !== undefined
        ? [`wanted a function on AWS or ${option}, got both`]
        : []),
      ...(sides.length > 2
        ? [`${option}: wanted the base and the head, or the head alone; there are ${sides.length}`]
        : []),
      ...(sides.length > 1 && base !== undefined
        ? [
            `--base: the first ${option} is the base already; wanted one of them, or the head alone as ${option}`,
          ]
        : []),
    ],
  );
  return local.length > 0 && template.length > 0
    ? [...problems, 'wanted --local or --template, got both']
    : problems;
}

/** Both sides come out of templates; what only one of them has is refused there. */
function templateEntries(templates: readonly string[], options: CheckSettings): readonly Entry[] {
  const [first, second] = templates.map((file) => sourceOf(file, options.resource, options));
  if (first === undefined) return [];
  const head = second ?? first;
  return [
    {
      name: head.name,
      local: {
        head: head.handler,
        ...(second === undefined ? {} : { base: first.handler }),
      },
      sources: { head, base: second === undefined ? null : first },
    },
  ];
}

/**
 * Returns the configuration's entry for a function, whose rules hold however it is named: by an ARN, by its
 * name, with a version.
 */
function namedEntry(functionName: string, { head }: CheckSettings, config: CheckConfig): Entry {
  const known = findEntry(config, functionName);
  const ref = parseFunctionRef(functionName);
  if (ref !== null && ref.qualifier !== null && head !== undefined && head !== ref.qualifier) {
    throw new UsageError([
      `--head: wanted one version to judge, ${functionName} names ${ref.qualifier} and --head ${head}`,
    ]);
  }
  if (known === undefined) return { function: functionName };
  const own = parseFunctionRef(known.function ?? '');
  if (ref === null || own === null || !isSameFunction(known.function ?? '', functionName)) {
    return known;
  }
  // The longer of the two names is kept: an ARN says more than a name.
  const isLonger = ref.functionName.length > own.functionName.length;
  return {
    ...known,
    name: entryName(known),
    function: isLonger ? ref.functionName : own.functionName,
    qualifier: ref.qualifier ?? known.head ?? own.qualifier,
  };
}
