import type { CheckConfig } from '../../contract/check/check-config.ts';
import { idleHandlerOptions } from '../shared/handler/handler-options.ts';
import { idleTemplateOptions } from '../shared/project/template-options.ts';
import type { CheckSettings } from './check-settings.ts';
import { toCheckedTarget, type CheckedTarget } from './checked-target.ts';
import { listEntries } from './list-entries.ts';

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
  const targets = listEntries(functionName, options, config, problems).flatMap((entry) => {
    const read = toCheckedTarget(entry, options, problems);
    return read === null ? [] : [read];
  });
  problems.push(...idleOptions(options, targets));
  return { targets, problems };
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
