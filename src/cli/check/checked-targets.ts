import type { CheckConfig, CheckConfigFunction } from '../../contract/check-config.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { UsageError } from '../exit-code.ts';
import type { CheckOptions } from './check-options.ts';

/** One function to check, as the command line and the configuration name it together. */
export interface CheckedTarget {
  readonly name: string;
  readonly kind: 'aws' | 'local';
  /** Name or ARN on AWS, a handler here. */
  readonly head: { readonly target: string; readonly qualifier: string | null };
  readonly base: { readonly target: string; readonly qualifier: string | null } | null;
  /** A baseline file in place of `base`. */
  readonly baselineFile: string | null;
  readonly memoryMb: number;
  readonly payloads: readonly string[];
  readonly own: Pick<CheckConfigFunction, 'budgets' | 'regressions'>;
}

const DEFAULT_LOCAL_MB = 1024;

/**
 * What to check: handlers of `--local`, or the function that is named, or all of the configuration.
 *
 * @throws {UsageError} where there is nothing, or too much
 */
export function checkedTargets(
  functionName: string | undefined,
  options: CheckOptions,
  config: CheckConfig,
): readonly CheckedTarget[] {
  const local = options.local ?? [];
  if (local.length > 0 && functionName !== undefined) {
    throw new UsageError(['wanted a function on AWS or --local, got both']);
  }
  if (local.length > 2) {
    throw new UsageError([
      `--local: wanted the base and the head, or the head alone; there are ${local.length}`,
    ]);
  }
  if (local.length > 0) {
    const [first = '', second] = local;
    const handlers = second === undefined ? { head: first } : { base: first, head: second };
    return [target({ local: handlers }, options)];
  }
  if (functionName !== undefined) {
    const known = config.functions?.find(
      (each) => each.function === functionName || each.name === functionName,
    );
    return [target(known ?? { function: functionName }, options)];
  }
  const targets = (config.functions ?? []).map((each) => target(each, options));
  if (targets.length > 0) return targets;
  throw new UsageError([
    'wanted something to check: a function on AWS, --local <base> --local <head>, or functions in powerdial.config.json',
  ]);
}

function target(each: CheckConfigFunction, options: CheckOptions): CheckedTarget {
  const named = options.base ?? each.base;
  const isFile = named?.toLowerCase().endsWith('.json') === true;
  const payloads = options.payload ?? [
    ...(each.payload === undefined ? [] : [each.payload]),
    ...(each.payloads ?? []).map(({ payload, weight }) => `${weight}=${payload}`),
  ];
  const common = {
    payloads,
    own: {
      ...(each.budgets === undefined ? {} : { budgets: each.budgets }),
      ...(each.regressions === undefined ? {} : { regressions: each.regressions }),
    },
    memoryMb: memoryOf(options) ?? each.memoryMb ?? DEFAULT_LOCAL_MB,
    baselineFile: isFile ? named : null,
  };
  if (each.local !== undefined) {
    const { base, head } = each.local;
    if (named !== undefined && !isFile) {
      throw new UsageError([
        `--base: wanted a baseline file (*.json) beside local handlers, it is ${JSON.stringify(named)}`,
      ]);
    }
    return {
      ...common,
      name: each.name ?? nameOf(head),
      kind: 'local',
      head: { target: head, qualifier: null },
      base: isFile || base === undefined ? null : { target: base, qualifier: null },
    };
  }
  const given = each.function ?? '';
  const ref = parseFunctionRef(given);
  if (ref === null) {
    throw new UsageError([`wanted a function's name or ARN, it is ${JSON.stringify(given)}`]);
  }
  return {
    ...common,
    name: each.name ?? ref.functionName,
    kind: 'aws',
    head: { target: ref.functionName, qualifier: options.head ?? each.head ?? ref.qualifier },
    base: named === undefined || isFile ? null : { target: ref.functionName, qualifier: named },
  };
}

function memoryOf({ memory }: CheckOptions): number | null {
  if (memory === undefined) return null;
  const match = /^(\d+)\s*(?:MB)?$/i.exec(memory);
  const memoryMb = Number(match?.[1]);
  if (match === null || memoryMb < 128 || memoryMb > 10_240) {
    throw new UsageError([`--memory: wanted 128 to 10240 MB, it is ${JSON.stringify(memory)}`]);
  }
  return memoryMb;
}

/** `examples/thumbnail/handler.mjs` is `thumbnail-handler`. */
function nameOf(handler: string): string {
  const parts = handler
    .replace(/#.*$/, '')
    .replace(/\.[cm]?js$/, '')
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.slice(-2).join('-') || 'handler';
}
