import type { CheckConfigFunction } from '../../contract/check/check-config.ts';
import { entryName } from '../../core/compare/checked-name.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import type { LocalSource } from '../shared/project/local-source.ts';
import type { CheckSettings } from './check-settings.ts';
import type { Entry } from './list-entries.ts';
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

type Sides = Pick<CheckedTarget, 'head' | 'base'>;

const DEFAULT_LOCAL_MB = 1024;

/**
 * Returns an entry with what the command line says in place of it; what is wrong goes to the problems.
 *
 * @returns `null` where the entry names no function
 */
export function toCheckedTarget(
  entry: Entry,
  options: CheckSettings,
  problems: string[],
): CheckedTarget | null {
  const named = options.base ?? entry.base;
  const isFile = named?.toLowerCase().endsWith('.json') === true;
  const common = {
    ...howToMeasure(entry, options, problems),
    baselineFile: isFile ? named : null,
  };
  if (entry.local === undefined) {
    const sides = awsSides(entry, options, isFile ? undefined : named, problems);
    return sides === null ? null : { ...common, kind: 'aws', ...sides };
  }
  if (named !== undefined && !isFile) {
    problems.push(
      `--base: wanted a baseline file (*.json) beside local handlers, it is ${JSON.stringify(named)}`,
    );
  }
  return { ...common, kind: 'local', ...localSides(entry.local, entry.sources, isFile) };
}

/** Tells how a function is measured and judged: by the command line, else by its entry. */
function howToMeasure(
  entry: Entry,
  options: CheckSettings,
  problems: string[],
): Omit<CheckedTarget, 'kind' | 'head' | 'base' | 'baselineFile'> {
  return {
    name: entryName(entry),
    payloads: options.payload ?? [
      ...(entry.payload === undefined ? [] : [entry.payload]),
      ...(entry.payloads ?? []).map(({ payload, weight }) => `${weight}=${payload}`),
    ],
    varyPayload: options.varyPayload ?? entry.varyPayload ?? false,
    allowRepeats: options.allowRepeats ?? entry.allowRepeats ?? false,
    invocationsPerMonth: readTraffic(options, problems) ?? entry.invocationsPerMonth,
    own: {
      ...(entry.budgets === undefined ? {} : { budgets: entry.budgets }),
      ...(entry.regressions === undefined ? {} : { regressions: entry.regressions }),
      ...(entry.ignoreErrors === undefined ? {} : { ignoreErrors: entry.ignoreErrors }),
    },
    memoryMb:
      readMemory(options, problems) ??
      entry.memoryMb ??
      entry.sources?.head.memoryMb ??
      DEFAULT_LOCAL_MB,
  };
}

function localSides(
  { base, head }: NonNullable<Entry['local']>,
  sources: Entry['sources'],
  hasBaselineFile: boolean,
): Sides {
  return {
    head: { target: head, qualifier: null, ...ofSource(sources?.head) },
    base:
      hasBaselineFile || base === undefined
        ? null
        : { target: base, qualifier: null, ...ofSource(sources?.base) },
  };
}

function awsSides(
  entry: Entry,
  { head }: CheckSettings,
  base: string | undefined,
  problems: string[],
): Sides | null {
  const named = entry.function ?? '';
  const ref = parseFunctionRef(named);
  if (ref === null) {
    problems.push(`wanted a function's name or ARN, it is ${JSON.stringify(named)}`);
    return null;
  }
  const { functionName: target, qualifier } = ref;
  return {
    head: { target, qualifier: head ?? entry.qualifier ?? entry.head ?? qualifier },
    base: base === undefined ? null : { target, qualifier: base },
  };
}

function ofSource(source: LocalSource | null | undefined): { readonly source?: LocalSource } {
  return source === undefined || source === null ? {} : { source };
}

function readMemory({ memory }: CheckSettings, problems: string[]): number | null {
  if (memory === undefined) return null;
  const match = /^(\d+)\s*(?:MB)?$/i.exec(memory);
  const memoryMb = Number(match?.[1]);
  if (match !== null && memoryMb >= 128 && memoryMb <= 10_240) return memoryMb;
  const problem = `--memory: wanted 128 to 10240 MB, it is ${JSON.stringify(memory)}`;
  if (!problems.includes(problem)) problems.push(problem);
  return null;
}
