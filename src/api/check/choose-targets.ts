import type { CheckConfig, CheckConfigFunction } from '../../contract/check/check-config.ts';
import { entryName, isSameFunction } from '../../core/compare/checked-name.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { idleHandlerOptions } from '../shared/handler/handler-options.ts';
import { UsageError } from '../shared/usage-error.ts';
import type { LocalSource } from '../shared/project/local-source.ts';
import { sourceOf } from '../shared/project/source-of.ts';
import { idleTemplateOptions } from '../shared/project/template-options.ts';
import type { CheckSettings } from './check-settings.ts';
import { findEntry } from './find-entry.ts';
import { readTraffic } from './read-traffic.ts';

/** One side of a check. */
export interface CheckedSide {
  /** Name or ARN on AWS, a handler here. */
  readonly target: string;
  readonly qualifier: string | null;
  /** What its template says of it. */
  readonly source?: LocalSource;
}

/** One function to check, as the command line and the configuration name it together. */
export interface CheckedTarget {
  readonly name: string;
  readonly kind: 'aws' | 'local';
  /** Name or ARN on AWS, a handler here. */
  readonly head: CheckedSide;
  readonly base: CheckedSide | null;
  /** A baseline file in place of `base`. */
  readonly baselineFile: string | null;
  readonly memoryMb: number;
  readonly payloads: readonly string[];
  readonly varyPayload: boolean;
  readonly allowRepeats: boolean;
  readonly invocationsPerMonth: number | undefined;
  readonly own: Pick<CheckConfigFunction, 'budgets' | 'regressions' | 'ignoreErrors'>;
}

const DEFAULT_LOCAL_MB = 1024;

/** What is to be checked, and what is wrong with how it is named. */
export interface CheckedTargets {
  readonly targets: readonly CheckedTarget[];
  readonly problems: readonly string[];
}

/** Tells what to check: handlers of `--local`, or the function that is named, or all of the configuration. */
export function chooseTargets(
  functionName: string | undefined,
  options: CheckSettings,
  config: CheckConfig,
): CheckedTargets {
  const problems: string[] = [];
  const targets = entriesOf(functionName, options, config, problems).flatMap((entry) => {
    const read = target(entry, options, problems);
    return read === null ? [] : [read];
  });
  problems.push(...idleOptions(options, targets));
  return { targets, problems };
}

/** An entry with the version that the command line names beside the function. */
interface Entry extends CheckConfigFunction {
  readonly qualifier?: string | null;
  readonly sources?: { readonly head: LocalSource; readonly base: LocalSource | null };
}

function entriesOf(
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

/** Options that would do nothing for any of the targets. */
function idleOptions(options: CheckSettings, targets: readonly CheckedTarget[]): readonly string[] {
  const has = (kind: CheckedTarget['kind']): boolean => targets.some((each) => each.kind === kind);
  if (targets.length === 0) return [];
  const { head, invocationsPerMonth, memory, cpu } = options;
  return [
    ...(has('local') ? [] : idleHandlerOptions(options)),
    ...(options.template === undefined ? idleTemplateOptions(options) : []),
    ...(head !== undefined && !has('aws')
      ? ['--head: it names a version of a function on AWS; a handler on this machine has none']
      : []),
    ...(invocationsPerMonth !== undefined && !has('aws')
      ? ['--invocations-per-month: nothing is kept ready of handlers on this machine']
      : []),
    ...Object.entries({ memory, cpu })
      .filter(([, value]) => value !== undefined && !has('local'))
      .map(
        ([option]) =>
          `--${option}: it is of handlers on this machine (--local); a function on AWS is measured as it is`,
      ),
  ];
}

function target(each: Entry, options: CheckSettings, problems: string[]): CheckedTarget | null {
  const named = options.base ?? each.base;
  const isFile = named?.toLowerCase().endsWith('.json') === true;
  const payloads = options.payload ?? [
    ...(each.payload === undefined ? [] : [each.payload]),
    ...(each.payloads ?? []).map(({ payload, weight }) => `${weight}=${payload}`),
  ];
  const common = {
    name: entryName(each),
    payloads,
    varyPayload: options.varyPayload ?? each.varyPayload ?? false,
    allowRepeats: options.allowRepeats ?? each.allowRepeats ?? false,
    invocationsPerMonth: readTraffic(options, problems) ?? each.invocationsPerMonth,
    own: {
      ...(each.budgets === undefined ? {} : { budgets: each.budgets }),
      ...(each.regressions === undefined ? {} : { regressions: each.regressions }),
      ...(each.ignoreErrors === undefined ? {} : { ignoreErrors: each.ignoreErrors }),
    },
    memoryMb:
      memoryOf(options, problems) ??
      each.memoryMb ??
      each.sources?.head.memoryMb ??
      DEFAULT_LOCAL_MB,
    baselineFile: isFile ? named : null,
  };
  if (each.local !== undefined) {
    const { base, head } = each.local;
    if (named !== undefined && !isFile) {
      problems.push(
        `--base: wanted a baseline file (*.json) beside local handlers, it is ${JSON.stringify(named)}`,
      );
    }
    return {
      ...common,
      kind: 'local',
      head: { target: head, qualifier: null, ...ofSource(each.sources?.head) },
      base:
        isFile || base === undefined
          ? null
          : { target: base, qualifier: null, ...ofSource(each.sources?.base) },
    };
  }
  const given = each.function ?? '';
  const ref = parseFunctionRef(given);
  if (ref === null) {
    problems.push(`wanted a function's name or ARN, it is ${JSON.stringify(given)}`);
    return null;
  }
  const qualifier = options.head ?? each.qualifier ?? each.head ?? ref.qualifier;
  return {
    ...common,
    kind: 'aws',
    head: { target: ref.functionName, qualifier },
    base: named === undefined || isFile ? null : { target: ref.functionName, qualifier: named },
  };
}

function ofSource(source: LocalSource | null | undefined): { readonly source?: LocalSource } {
  return source === undefined || source === null ? {} : { source };
}

function memoryOf({ memory }: CheckSettings, problems: string[]): number | null {
  if (memory === undefined) return null;
  const match = /^(\d+)\s*(?:MB)?$/i.exec(memory);
  const memoryMb = Number(match?.[1]);
  if (match !== null && memoryMb >= 128 && memoryMb <= 10_240) return memoryMb;
  const problem = `--memory: wanted 128 to 10240 MB, it is ${JSON.stringify(memory)}`;
  if (!problems.includes(problem)) problems.push(problem);
  return null;
}
